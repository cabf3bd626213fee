using Curation.Filters.Video;

namespace Curation.Filters.Scene;

/// <summary>Finds places where one picture is mixed into another.</summary>
/// <remarks>
/// In a dissolve every cell runs along the straight line from the old picture to the new one, and the detail of the mixture falls below that of
/// both, because two unrelated pictures mixed half and half have half their mean variance. A moving camera does neither.
/// </remarks>
internal static class DissolveFinder
{
    private const int Steps = 8;

    /// <summary>Smallest distance of the two scenes' cell means, in levels; uncalibrated.</summary>
    private const float SmallestDistance = 8f;

    /// <summary>How far the cells may leave the line, as a share of that distance; uncalibrated.</summary>
    private const float LargestResidual = 0.15f;

    /// <summary>How much detail the middle may keep of the mean of both ends; 0.5 for unrelated pictures, 1 for a change of light; uncalibrated.</summary>
    private const float LargestDetail = 0.75f;

    /// <summary>How far each scene may drift just outside the dissolve, as a share of the distance; uncalibrated.</summary>
    private const float LargestDrift = 0.25f;

    private static readonly double[] Spans = [0.25, 0.5, 1];

    private static readonly TimeSpan Outside = TimeSpan.FromSeconds(0.2);

    /// <summary>Whether a dissolve has its middle near a picture of the window.</summary>
    public static SceneCut? Look(ReadOnlySpan<PictureFrame> frames, int index, SceneOptions options)
    {
        foreach (var share in Spans)
        {
            if (Look(frames, index, options.LongestDissolve * (share / 2)) is { } cut) return cut;
        }

        return null;
    }

    private static SceneCut? Look(ReadOnlySpan<PictureFrame> frames, int index, TimeSpan reach)
    {
        var middle = frames[index].Ticks;
        int from = At(frames, index, middle - reach.Ticks), to = At(frames, index, middle + reach.Ticks);
        if (from < 0 || to < 0 || to - from < Steps) return null;

        ref readonly var old = ref frames[from];
        ref readonly var @new = ref frames[to];
        var distance = PictureDistance.Between(old, @new);
        if (distance < SmallestDistance || FadeFinder.IsBlank(old) || FadeFinder.IsBlank(@new)) return null;

        int before = At(frames, from, old.Ticks - Outside.Ticks), after = At(frames, to, @new.Ticks + Outside.Ticks);
        if (before < 0 || after < 0) return null;
        if (PictureDistance.Between(frames[before], old) > LargestDrift * distance || PictureDistance.Between(@new, frames[after]) > LargestDrift * distance) return null;

        return Trace(frames, from, to, distance);
    }

    private static SceneCut? Trace(ReadOnlySpan<PictureFrame> frames, int from, int to, float distance)
    {
        Span<float> start = stackalloc float[PictureDistance.Length];
        Span<float> along = stackalloc float[PictureDistance.Length];
        Span<float> here = stackalloc float[PictureDistance.Length];
        PictureDistance.Read(frames[from], start);
        PictureDistance.Read(frames[to], along);
        var squares = 0f;
        for (var i = 0; i < along.Length; i++)
        {
            along[i] -= start[i];
            squares += along[i] * along[i];
        }

        int clean = from, crossing = -1, arrived = -1;
        var last = 0f;
        for (var k = from + 1; k <= to; k++)
        {
            PictureDistance.Read(frames[k], here);
            var product = 0f;
            for (var i = 0; i < here.Length; i++) product += (here[i] - start[i]) * along[i];
            var share = product / squares;
            var residual = 0f;
            for (var i = 0; i < here.Length; i++) residual += Math.Abs(here[i] - start[i] - share * along[i]);
            if (residual / here.Length > LargestResidual * distance) return null;

            // A step this large in one picture is a hard cut; a fall back is motion.
            if (share - last > 0.35f || share < last - 0.08f) return null;

            if (share < 0.05f) clean = k;
            if (share >= 0.5f && crossing < 0) crossing = k;
            if (share > 0.95f && arrived < 0) arrived = k;
            last = share;
        }

        // Tested where both have the same share; nearer to one end a change of light would pass for a mixture.
        if (crossing < 0 || frames[crossing].LaplacianVariance > LargestDetail * (frames[from].LaplacianVariance + frames[to].LaplacianVariance) / 2) return null;

        return new SceneCut(frames[crossing].Time, SceneCutKind.Dissolve, frames[clean].Time, frames[arrived < 0 ? to : arrived].Time);
    }

    /// <summary>Index of the picture nearest to a time, walking from an index; negative where the window ends before it.</summary>
    private static int At(ReadOnlySpan<PictureFrame> frames, int index, long ticks)
    {
        var at = index;
        while (frames[at].Ticks > ticks)
        {
            if (--at < 0) return -1;
        }

        while (frames[at].Ticks < ticks)
        {
            if (++at == frames.Length) return -1;
        }

        return at;
    }
}
