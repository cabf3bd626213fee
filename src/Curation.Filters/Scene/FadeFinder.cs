using Curation.Filters.Video;

namespace Curation.Filters.Scene;

/// <summary>Finds runs of black or white pictures and the slopes that lead into and out of them.</summary>
internal sealed class FadeFinder(SceneOptions options)
{
    /// <summary>Largest variance of luma in a blank picture, in squared levels; uncalibrated.</summary>
    private const float BlankVariance = 25f;

    /// <summary>Smallest mean luma of a white picture; uncalibrated.</summary>
    private const float WhiteLevel = 215f;

    /// <summary>A blank run this long is a piece of its own; a shorter one belongs to the change.</summary>
    private static readonly TimeSpan OwnPiece = TimeSpan.FromSeconds(2);

    private readonly List<SceneCut> _found = [];
    private PictureFrame _before;
    private PictureFrame _first;
    private bool _hasBefore;
    private bool _inRun;
    private long _slopeStart;

    /// <summary>The fades so far.</summary>
    public IReadOnlyList<SceneCut> Found => _found;

    /// <summary>Whether a picture shows nothing but black or white.</summary>
    public static bool IsBlank(in PictureFrame frame) =>
        frame.LumaVariance <= BlankVariance && (frame.MeanLuma <= LumaKernel.BlackLevel || frame.MeanLuma >= WhiteLevel);

    /// <summary>Takes the picture at an index of the window.</summary>
    public void Look(ReadOnlySpan<PictureFrame> frames, int index)
    {
        ref readonly var frame = ref frames[index];
        if (!IsBlank(frame))
        {
            if (_inRun) Leave(frames, index);
            _inRun = false;
            return;
        }

        if (_inRun) return;

        _inRun = true;
        _first = frame;
        _hasBefore = index > 0;
        if (_hasBefore) _before = frames[index - 1];
        _slopeStart = frames[Slope(frames, index, -1)].Ticks;
    }

    private void Leave(ReadOnlySpan<PictureFrame> frames, int index)
    {
        ref readonly var after = ref frames[index];
        var run = TimeSpan.FromTicks(after.Ticks - _first.Ticks);
        var end = frames[Slope(frames, index - 1, 1)].Time;
        if (!_hasBefore)
        {
            _found.Add(new SceneCut(after.Time, SceneCutKind.Fade, after.Time, end));
            return;
        }

        var slopes = TimeSpan.FromTicks(end.Ticks - _slopeStart);
        if (slopes <= options.LongestFlash && ComesBack(frames, index)) return;

        var start = TimeSpan.FromTicks(_slopeStart);
        if (run >= OwnPiece)
        {
            _found.Add(new SceneCut(_first.Time, SceneCutKind.Fade, start, _first.Time));
            _found.Add(new SceneCut(after.Time, SceneCutKind.Fade, after.Time, end));
        }
        else
        {
            _found.Add(new SceneCut(after.Time, SceneCutKind.Fade, start, end));
        }
    }

    /// <summary>Whether a picture after the run is the one before it again: then the run was a flash.</summary>
    private bool ComesBack(ReadOnlySpan<PictureFrame> frames, int index)
    {
        var change = PictureDistance.Between(_before, _first);
        for (var i = index; i < frames.Length && frames[i].Ticks - _first.Ticks <= options.LongestFlash.Ticks; i++)
        {
            if (PictureDistance.Between(_before, frames[i]) <= 0.4f * change) return true;
        }

        return false;
    }

    /// <summary>Walks away from the run for as long as the pictures grow steadily less blank, at most a dissolve's length.</summary>
    private int Slope(ReadOnlySpan<PictureFrame> frames, int index, int step)
    {
        var at = index;
        while (at + step >= 0 && at + step < frames.Length && Math.Abs(frames[at + step].Ticks - frames[index].Ticks) <= options.LongestDissolve.Ticks)
        {
            // A slope ends where the picture stops changing: half a level of spread a picture.
            var rise = MathF.Sqrt(frames[at + step].LumaVariance) - MathF.Sqrt(frames[at].LumaVariance);
            if (rise < 0.25f) break;
            at += step;
        }

        return at;
    }
}
