namespace Curation.Filters.Audio;

/// <summary>The most salient sudden sounds of a clip, for captions: where the level jumps up from what went before.</summary>
public static class SoundEvents
{
    /// <summary>Most events that are named.</summary>
    public const int Most = 20;

    // All uncalibrated: a jump that people call sudden, near the clip's loudest, not the echo of the one before.
    private const double RiseDecibels = 12;
    private const double BelowLoudestDecibels = 20;
    private const double FloorDbfs = -60;
    private const int FramesBefore = 20;
    private const int FramesApart = 25;

    /// <summary>Finds sudden sounds.</summary>
    /// <param name="frames">The clip's sound, one entry per 10 ms.</param>
    /// <returns>Seconds from the first frame, rising; at most <see cref="Most"/>, the largest jumps.</returns>
    public static IReadOnlyList<double> Find(ReadOnlySpan<SoundFrame> frames)
    {
        if (frames.Length <= FramesBefore) return [];

        var levels = new double[frames.Length];
        for (var i = 0; i < frames.Length; i++) levels[i] = Level(frames[i]);
        var loudest = levels.Max();

        var found = new List<(int Frame, double Rise)>();
        for (var i = FramesBefore; i < levels.Length; i++)
        {
            var rise = levels[i] - Mean(levels.AsSpan(i - FramesBefore, FramesBefore));
            if (rise < RiseDecibels || levels[i] < Math.Max(FloorDbfs, loudest - BelowLoudestDecibels)) continue;
            if (found.Count == 0 || i - found[^1].Frame >= FramesApart) found.Add((i, rise));
        }

        return [.. found.OrderByDescending(jump => jump.Rise).Take(Most).Select(jump => jump.Frame * SoundFrame.Duration.TotalSeconds).Order()];
    }

    // Mean of powers, so that one loud frame before hides the next.
    private static double Mean(ReadOnlySpan<double> levels)
    {
        var power = 0.0;
        foreach (var level in levels) power += Math.Pow(10, level / 10);
        return 10 * Math.Log10(power / levels.Length);
    }

    private static double Level(in SoundFrame frame)
    {
        var energy = (frame.LeftEnergy + (double)frame.RightEnergy) / Math.Max(1, 2 * (int)frame.Samples);
        return Math.Max(2 * FloorDbfs, 10 * Math.Log10(energy + 1e-12));
    }
}
