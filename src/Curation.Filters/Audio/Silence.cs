namespace Curation.Filters.Audio;

/// <summary>How much of a slice is silent.</summary>
public static class Silence
{
    /// <summary>Silence in any clip, uncalibrated. A full-scale sine is 0 dBFS.</summary>
    public const double FloorDbfs = -60;

    /// <summary>Silence beside loud sound: so far below the 95th percentile of the frames' levels, uncalibrated.</summary>
    public const double BelowLoudDb = 40;

    private const double FullScaleSinePower = 0.5;
    private const double LoudPercentile = 0.95;
    private const int ShortestRunFrames = 10;

    /// <summary>Share of the time in runs of at least 100 ms below the louder of -60 dBFS and 40 dB under the 95th-percentile level.</summary>
    /// <param name="frames">The slice. A constant offset is no sound: it is taken out.</param>
    /// <param name="channels">1 or 2; the level is that of the channels' mean power.</param>
    /// <returns>0 to 1; null for no frames.</returns>
    public static double? Ratio(ReadOnlySpan<SoundFrame> frames, int channels)
    {
        if (frames.IsEmpty) return null;

        var powers = Powers(frames, channels);
        var sorted = powers.AsSpan().ToArray();
        Array.Sort(sorted);

        // Nearest rank: the smallest level that at least 95 % of the frames do not exceed.
        var loud = sorted[Math.Max(0, (int)Math.Ceiling(LoudPercentile * sorted.Length) - 1)];
        var threshold = Math.Max(FullScaleSinePower * Math.Pow(10, FloorDbfs / 10), loud * Math.Pow(10, -BelowLoudDb / 10));

        long silent = 0, total = 0, run = 0;
        var runFrames = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            total += frames[i].Samples;
            if (powers[i] < threshold)
            {
                run += frames[i].Samples;
                runFrames++;
                continue;
            }

            if (runFrames >= ShortestRunFrames) silent += run;
            (run, runFrames) = (0, 0);
        }

        if (runFrames >= ShortestRunFrames) silent += run;
        return (double)silent / total;
    }

    /// <summary>Mean square of each frame around the slice's mean, averaged over the channels.</summary>
    private static double[] Powers(ReadOnlySpan<SoundFrame> frames, int channels)
    {
        double left = 0, right = 0, samples = 0;
        foreach (ref readonly var frame in frames)
        {
            left += frame.LeftSum;
            right += frame.RightSum;
            samples += frame.Samples;
        }

        left /= samples;
        right /= samples;
        var powers = new double[frames.Length];
        for (var i = 0; i < powers.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            var energy = frame.LeftEnergy - (2 * left * frame.LeftSum) + (frame.Samples * left * left)
                + frame.RightEnergy - (2 * right * frame.RightSum) + (frame.Samples * right * right);
            powers[i] = Math.Max(0, energy) / (frame.Samples * channels);
        }

        return powers;
    }
}
