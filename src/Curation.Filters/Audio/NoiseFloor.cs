namespace Curation.Filters.Audio;

/// <summary>Signal-to-noise ratio of any sound by minimum statistics (after Martin 2001): noise is what a band never falls below.</summary>
/// <remarks>
/// Kept from the paper: the minimum of smoothed short-time power over about 1.6 s in each band, and the bias of the minimum,
/// which depends on the equivalent degrees of freedom. Simpler: smoothing is a fixed 110 ms mean, not adapted over time, so
/// the degrees of freedom are a constant of each band; the window reaches both ways, since a slice is known whole; bands are those of the frames.
/// A sound that goes on without a pause, such as rain, a motor or a held tone, counts as noise.
/// </remarks>
public static class NoiseFloor
{
    /// <summary>Lowest value told: from here down, sound and noise cannot be told apart. It stands for everything below.</summary>
    public const double MinimumDb = -20;

    /// <summary>Highest value told; it stands for everything above.</summary>
    public const double MaximumDb = 100;

    private const int SmoothFrames = 11;
    private const int SubWindowFrames = 15;
    private const int SubWindowsAround = 5;

    /// <summary>0.5 s: with less the minimum has nothing to choose from.</summary>
    private const int FewestFrames = 50;

    /// <summary>Power of everything over power of the noise, less one, in dB. Gaps of digital silence are left out.</summary>
    /// <param name="frames">The slice.</param>
    /// <returns>dB; null where less than 0.5 s is sound.</returns>
    public static double? SnrDb(ReadOnlySpan<SoundFrame> frames)
    {
        var smooth = Smooth(frames);
        if (smooth.Length < (FewestFrames - SmoothFrames + 1) * SoundBands.Count) return null;

        var length = smooth.Length / SoundBands.Count;
        var minima = SubWindowMinima(smooth, length);
        var windows = minima.Length / SoundBands.Count;
        double total = 0, noise = 0;
        for (var i = 0; i < smooth.Length; i++) total += smooth[i];
        for (var window = 0; window < windows; window++)
        {
            var from = Math.Max(0, window - SubWindowsAround);
            var to = Math.Min(windows, window + SubWindowsAround + 1);
            var span = Math.Min(SubWindowFrames, length - (window * SubWindowFrames));
            for (var band = 0; band < SoundBands.Count; band++)
            {
                var minimum = double.MaxValue;
                for (var w = from; w < to; w++) minimum = Math.Min(minimum, minima[(w * SoundBands.Count) + band]);
                noise += span * minimum * Bias(band, (to - from) * SubWindowFrames);
            }
        }

        if (noise <= 0) return MaximumDb;

        var ratio = (total / noise) - 1;
        return ratio <= 0 ? MinimumDb : Math.Clamp(10 * Math.Log10(ratio), MinimumDb, MaximumDb);
    }

    /// <summary>Running means over 110 ms of every band's power, only where the whole 110 ms are there.</summary>
    private static double[] Smooth(ReadOnlySpan<SoundFrame> frames)
    {
        var sounding = new List<int>(frames.Length);
        for (var i = 0; i < frames.Length; i++)
        {
            if (!frames[i].IsDigitalSilence && frames[i].Samples == SoundFrame.WholeSamples) sounding.Add(i);
        }

        var length = sounding.Count - SmoothFrames + 1;
        if (length <= 0) return [];

        var smooth = new double[length * SoundBands.Count];
        for (var t = 0; t < length; t++)
        {
            var sums = smooth.AsSpan(t * SoundBands.Count, SoundBands.Count);
            for (var i = t; i < t + SmoothFrames; i++) frames[sounding[i]].Bands.AddTo(sums);
        }

        return smooth;
    }

    private static double[] SubWindowMinima(double[] smooth, int length)
    {
        var windows = (length + SubWindowFrames - 1) / SubWindowFrames;
        var minima = new double[windows * SoundBands.Count];
        minima.AsSpan().Fill(double.MaxValue);
        for (var t = 0; t < length; t++)
        {
            var window = t / SubWindowFrames * SoundBands.Count;
            for (var band = 0; band < SoundBands.Count; band++)
            {
                minima[window + band] = Math.Min(minima[window + band], smooth[(t * SoundBands.Count) + band]);
            }
        }

        return minima;
    }

    /// <summary>Martin's equation 17: how much the mean exceeds the expected minimum of so many frames.</summary>
    private static double Bias(int band, int frames)
    {
        var bins = SoundBands.FirstBin(band + 1) - SoundBands.FirstBin(band);

        // Powers of neighbouring bins behind a Hann window correlate by (2/3)^2, next neighbours by (1/6)^2; frames 10 ms apart by 0.04.
        var independentBins = bins / (1 + (2 * (((bins - 1.0) / bins * 4 / 9) + (Math.Max(0, bins - 2.0) / bins / 36))));
        const double IndependentFrames = SmoothFrames / (1 + (2 * 0.04));
        var freedom = 2 * independentBins * IndependentFrames;
        var share = MinimumShare(frames);
        var equivalent = Math.Max(2, (freedom - (2 * share)) / (1 - share));
        return 1 + ((frames - 1) * 2 / equivalent);
    }

    /// <summary>Martin's M(D), table III, interpolated.</summary>
    private static double MinimumShare(int frames)
    {
        ReadOnlySpan<int> lengths = [1, 2, 5, 8, 10, 15, 20, 30, 40, 60, 80, 120, 140, 160, 180, 220];
        ReadOnlySpan<double> shares = [0, 0.26, 0.48, 0.58, 0.61, 0.668, 0.705, 0.762, 0.8, 0.841, 0.865, 0.89, 0.9, 0.91, 0.92, 0.93];
        for (var i = 1; i < lengths.Length; i++)
        {
            if (frames > lengths[i]) continue;
            return shares[i - 1] + ((shares[i] - shares[i - 1]) * (frames - lengths[i - 1]) / (lengths[i] - lengths[i - 1]));
        }

        return shares[^1];
    }
}
