namespace Curation.Filters.Audio;

/// <summary>Signal-to-noise ratio of speech from the distribution of its amplitudes alone (WADA-SNR: Kim and Stern, Interspeech 2008).</summary>
/// <remarks>
/// Clean speech is taken to have gamma-distributed magnitudes of shape 0.4 and the noise to be Gaussian. Then
/// G = ln E|x| - E ln|x| depends on the ratio of their powers only. The paper's table of G is computed here from that model.
/// Below about -5 dB the curve is nearly flat: such values only say that there is hardly anything but noise.
/// </remarks>
public static class WadaSnr
{
    /// <summary>Lowest value of the method; it stands for everything below.</summary>
    public const double MinimumDb = -20;

    /// <summary>Highest value of the method; it stands for everything above.</summary>
    public const double MaximumDb = 100;

    /// <summary>How far G may fall below that of Gaussian noise by chance before the sound is not taken for speech and noise; uncalibrated.</summary>
    private const double Scatter = 0.02;

    private static readonly Lazy<double[]> Table = new(WadaTable.Compute);

    /// <summary>The ratio of a slice, gaps of digital silence left out, since noise that was gated away says nothing about the noise under the speech.</summary>
    /// <param name="frames">The slice.</param>
    /// <returns>dB; null where there is no sound, or where magnitudes are spread more evenly than those of noise: a tone, not speech.</returns>
    public static double? Db(ReadOnlySpan<SoundFrame> frames)
    {
        double magnitudes = 0, logarithms = 0, samples = 0;
        foreach (ref readonly var frame in frames)
        {
            if (frame.IsDigitalSilence) continue;
            magnitudes += frame.MagnitudeSum;
            logarithms += frame.LogMagnitudeSum;
            samples += frame.Samples;
        }

        return samples == 0 || magnitudes == 0 ? null : FromParameter(Math.Log(magnitudes / samples) - (logarithms / samples));
    }

    /// <summary>The ratio for a value of G, by linear interpolation in steps of 1 dB.</summary>
    /// <param name="parameter">G = ln E|x| - E ln|x|.</param>
    /// <returns>dB, -20 to 100; null for less than Gaussian noise has.</returns>
    public static double? FromParameter(double parameter)
    {
        var table = Table.Value;
        if (parameter < WadaTable.GaussianParameter - Scatter) return null;
        if (parameter <= table[0]) return MinimumDb;
        if (parameter >= table[^1]) return MaximumDb;

        var above = Array.BinarySearch(table, parameter);
        if (above >= 0) return MinimumDb + above;

        above = ~above;
        return MinimumDb + above - 1 + ((parameter - table[above - 1]) / (table[above] - table[above - 1]));
    }
}
