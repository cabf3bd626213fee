namespace Curation.Filters.Audio;

/// <summary>Up to which frequency a slice has sound.</summary>
public static class Bandwidth
{
    /// <summary>How far below the spectrum's peak the band still reaches.</summary>
    public const double BelowPeakDb = 50;

    /// <summary>
    /// The strongest frames of each band that are left out of the average: as many as one click or one hard cut of the sound reaches.
    /// It is as wide as the whole spectrum and would otherwise hide what the sound is made of.
    /// </summary>
    private const int ClickFrames = 3;

    /// <summary>0.5 s, uncalibrated: shorter slices have no frames to spare.</summary>
    private const int FewestFramesToSpare = 50;

    /// <summary>The highest frequency whose density lies within 50 dB of the peak density of the long-term average spectrum.</summary>
    /// <param name="frames">The slice.</param>
    /// <returns>
    /// Hz, 0 to 24 000; null for digital silence. Resolved by the bands (328 Hz above 3 kHz); the edge inside the last band
    /// is placed by how full the band is against the one below.
    /// </returns>
    public static double? Hertz(ReadOnlySpan<SoundFrame> frames)
    {
        var density = Densities(frames);
        var peak = density.Max();
        if (peak <= 0) return null;

        var last = SoundBands.Count - 1;
        var threshold = peak * Math.Pow(10, -BelowPeakDb / 10);
        while (density[last] < threshold) last--;

        var (lower, upper) = (SoundBands.LowerEdgeHertz(last), SoundBands.LowerEdgeHertz(last + 1));
        if (last == 0 || last == SoundBands.Count - 1) return upper;

        return lower + (Math.Min(1, density[last] / density[last - 1]) * (upper - lower));
    }

    /// <summary>Mean power per Hz of every band.</summary>
    private static double[] Densities(ReadOnlySpan<SoundFrame> frames)
    {
        var counts = new int[SoundBands.Count * SoundBands.Codes];
        foreach (ref readonly var frame in frames)
        {
            for (var band = 0; band < SoundBands.Count; band++) counts[(band * SoundBands.Codes) + frame.Bands[band]]++;
        }

        var density = new double[SoundBands.Count];
        var leftOut = frames.Length < FewestFramesToSpare ? 0 : ClickFrames;
        for (var band = 0; band < SoundBands.Count; band++)
        {
            var skip = leftOut;
            for (var code = SoundBands.Codes - 1; code > 0; code--)
            {
                var count = counts[(band * SoundBands.Codes) + code];
                var skipped = Math.Min(skip, count);
                skip -= skipped;
                density[band] += (count - skipped) * SoundBands.PowerOf(code);
            }

            density[band] /= SoundBands.LowerEdgeHertz(band + 1) - SoundBands.LowerEdgeHertz(band);
        }

        return density;
    }
}
