namespace Curation.Filters.Audio;

/// <summary>Up to which frequency a slice has sound.</summary>
public static class Bandwidth
{
    /// <summary>How far below the spectrum's peak the band still reaches.</summary>
    public const double BelowPeakDb = 50;

    /// <summary>The highest frequency whose density lies within 50 dB of the peak density of the long-term average spectrum.</summary>
    /// <param name="frames">The slice.</param>
    /// <returns>
    /// Hz, 0 to 24 000; null for digital silence. Resolved by the bands (328 Hz above 3 kHz); the edge inside the last band
    /// is placed by how full the band is against the one below.
    /// </returns>
    public static double? Hertz(ReadOnlySpan<SoundFrame> frames)
    {
        Span<double> density = stackalloc double[SoundBands.Count];
        density.Clear();
        foreach (ref readonly var frame in frames) frame.Bands.AddTo(density);

        var peak = 0.0;
        for (var band = 0; band < SoundBands.Count; band++)
        {
            density[band] /= SoundBands.LowerEdgeHertz(band + 1) - SoundBands.LowerEdgeHertz(band);
            peak = Math.Max(peak, density[band]);
        }

        if (peak <= 0) return null;

        var last = SoundBands.Count - 1;
        var threshold = peak * Math.Pow(10, -BelowPeakDb / 10);
        while (density[last] < threshold) last--;

        var (lower, upper) = (SoundBands.LowerEdgeHertz(last), SoundBands.LowerEdgeHertz(last + 1));
        var full = last == 0 ? 1 : Math.Clamp(density[last] / density[last - 1], 0, 1);
        return last == SoundBands.Count - 1 ? upper : lower + (full * (upper - lower));
    }
}
