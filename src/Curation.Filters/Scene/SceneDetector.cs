using System.Runtime.InteropServices;
using Curation.Filters.Video;

namespace Curation.Filters.Scene;

/// <summary>Finds the changes of scene in a stream of picture records. Keeps a few seconds of them, however long the source.</summary>
public sealed class SceneDetector
{
    /// <summary>A change whose pictures come back this near, as a share of the change, is undone; uncalibrated.</summary>
    private const float Undone = 0.4f;

    /// <summary>Smallest change of the cell means in a cut, in levels; uncalibrated.</summary>
    private const float SmallestDistance = 2.5f;

    /// <summary>Records are dropped in runs of this many, so that dropping costs little.</summary>
    private const int DropRun = 512;

    private readonly SceneOptions _options;
    private readonly FadeFinder _fades;
    private readonly List<PictureFrame> _window = [];
    private readonly List<SceneCut> _found = [];
    private readonly TimeSpan _reach;
    private int _next;
    private long _firstTicks;
    private long _quietUntil = long.MinValue;
    private bool _started;

    /// <summary>Makes a detector for one source.</summary>
    /// <param name="options">How to split.</param>
    public SceneDetector(SceneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _fades = new FadeFinder(options);
        _reach = options.LongestDissolve / 2 + TimeSpan.FromSeconds(0.5);
    }

    /// <summary>Takes the next picture.</summary>
    /// <param name="frame">Its record.</param>
    public void Push(in PictureFrame frame)
    {
        if (!_started) _firstTicks = frame.Ticks;
        _started = true;
        _window.Add(frame);
        while (_next < _window.Count && frame.Ticks - _window[_next].Ticks > _reach.Ticks) Look(_next++);
        Drop();
    }

    /// <summary>Ends the source.</summary>
    /// <returns>The changes of scene in order of time, none closer to another or to the first picture than the shortest scene.</returns>
    public IReadOnlyList<SceneCut> Complete()
    {
        while (_next < _window.Count) Look(_next++);
        if (!_started) return [];

        _found.AddRange(_fades.Found);
        _found.Sort((a, b) => a.Time.CompareTo(b.Time));
        var cuts = new List<SceneCut>();
        var last = TimeSpan.FromTicks(_firstTicks);
        foreach (var cut in _found)
        {
            if (cut.Time - last < _options.ShortestScene) continue;
            if (cut.Kind == SceneCutKind.Dissolve && _found.Exists(other => other.Kind != SceneCutKind.Dissolve && other.To >= cut.From && other.From <= cut.To)) continue;

            cuts.Add(cut);
            last = cut.Time;
        }

        return cuts;
    }

    private void Look(int index)
    {
        var frames = CollectionsMarshal.AsSpan(_window);
        _fades.Look(frames, index);
        if (index == 0) return;

        if (IsHardCut(frames, index)) _found.Add(SceneCut.Hard(frames[index].Time));
        else if (DissolveFinder.Look(frames, index, _options) is { } dissolve) _found.Add(dissolve);
    }

    private bool IsHardCut(ReadOnlySpan<PictureFrame> frames, int index)
    {
        ref readonly var frame = ref frames[index];
        if (frame.Content < _options.SmallestContent || frame.Ticks < _quietUntil) return false;

        // A change from or to a black or white picture is the fade finder's.
        if (FadeFinder.IsBlank(frame) || FadeFinder.IsBlank(frames[index - 1])) return false;

        double sum = 0;
        var count = 0;
        for (var i = Math.Max(1, index - _options.Window); i <= Math.Min(frames.Length - 1, index + _options.Window); i++)
        {
            if (i == index) continue;
            sum += frames[i].Content;
            count++;
        }

        if (count > 0 && frame.Content < _options.AdaptiveThreshold * (sum / count)) return false;

        var distance = PictureDistance.Between(frames[index - 1], frame);
        if (distance < SmallestDistance) return false;

        for (var i = index + 1; i < frames.Length && frames[i].Ticks - frame.Ticks <= _options.LongestFlash.Ticks; i++)
        {
            if (PictureDistance.Between(frames[index - 1], frames[i]) > Undone * distance) continue;

            _quietUntil = frames[i].Ticks + 1;
            return false;
        }

        return true;
    }

    private void Drop()
    {
        var horizon = _next == 0 ? 0 : _window[_next - 1].Ticks - _reach.Ticks;
        if (_next < DropRun || _window[DropRun].Ticks >= horizon) return;

        _window.RemoveRange(0, DropRun);
        _next -= DropRun;
    }
}
