namespace Curation.Filters.Audio;

/// <summary>How many samples of a slice are cut off.</summary>
public static class Clipping
{
    /// <summary>0.5 s to each side, uncalibrated: flat tops must lie at the loudest level of this neighbourhood.</summary>
    private const int NeighbourFrames = 50;

    /// <summary>0.1 dB, uncalibrated; peaks are kept to 0.05 %.</summary>
    private const double AtPeak = 0.99;

    /// <summary>Share of samples in runs of three or more at full scale, or in flat tops at the loudest level around them.</summary>
    /// <param name="frames">The slice.</param>
    /// <param name="channels">1 or 2: the share is of the samples of all channels.</param>
    /// <returns>
    /// 0 to 1; null for no frames. A loud square wave cannot be told from a cut-off one. Sound that was cut off and then coded with
    /// loss or resampled has ripples for flat tops: of it only what stays beyond full scale is found, a small part, and nothing
    /// once it was turned down as well.
    /// </returns>
    public static double? Ratio(ReadOnlySpan<SoundFrame> frames, int channels)
    {
        if (frames.IsEmpty) return null;

        double clipped = 0, samples = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            samples += (double)frame.Samples * channels;
            clipped += frame.FullScaleSamples;
            if (!HasFlat(frame.Left) && !HasFlat(frame.Right)) continue;

            var from = Math.Max(0, i - NeighbourFrames);
            var around = frames[from..Math.Min(frames.Length, i + NeighbourFrames + 1)];
            var (left, right) = LoudestOf(around);
            clipped += AtLoudest(frame.Left, left) + AtLoudest(frame.Right, right);
        }

        // A run counts in the frame it ends in, so a slice may inherit the run it cuts in two.
        return Math.Min(1, clipped / samples);
    }

    private static bool HasFlat(in ChannelPeaks peaks) => peaks.FlatTopSamples > 0 || peaks.FlatBottomSamples > 0;

    private static int AtLoudest(in ChannelPeaks peaks, Loudest loudest) =>
        ((float)peaks.FlatTop >= AtPeak * loudest.Highest ? peaks.FlatTopSamples : 0)
        + ((float)peaks.FlatBottom <= AtPeak * loudest.Lowest ? peaks.FlatBottomSamples : 0);

    private static (Loudest Left, Loudest Right) LoudestOf(ReadOnlySpan<SoundFrame> frames)
    {
        Loudest left = default, right = default;
        foreach (ref readonly var frame in frames)
        {
            left = left.With(frame.Left);
            right = right.With(frame.Right);
        }

        return (left, right);
    }

    private readonly record struct Loudest(float Highest, float Lowest)
    {
        public Loudest With(in ChannelPeaks peaks) => new(Math.Max(Highest, (float)peaks.Highest), Math.Min(Lowest, (float)peaks.Lowest));
    }
}
