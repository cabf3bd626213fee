using System.Numerics;

namespace Curation.Models.Features;

/// <summary>A bank of triangular filters, spaced evenly on a mel scale, that sums a power spectrum into a few bands. Immutable.</summary>
/// <remarks>
/// Each factory repeats the arithmetic of the code that the models were trained with, single precision included:
/// a filter that catches one bin with a tiny weight would otherwise differ visibly after the logarithm.
/// </remarks>
public sealed class MelFilters
{
    private readonly int[] _first;
    private readonly float[][] _weights;

    private MelFilters(int spectrumBins, float[][] dense)
    {
        SpectrumBins = spectrumBins;
        _first = new int[dense.Length];
        _weights = new float[dense.Length][];
        for (var bin = 0; bin < dense.Length; bin++)
        {
            var first = Math.Max(0, Array.FindIndex(dense[bin], weight => weight != 0));
            var last = Array.FindLastIndex(dense[bin], weight => weight != 0);
            _first[bin] = first;
            _weights[bin] = last < 0 ? [] : dense[bin][first..(last + 1)];
        }
    }

    /// <summary>Number of bands.</summary>
    public int Bins => _weights.Length;

    /// <summary>Bins of the spectrum that is summed: half the transform's length, plus 1.</summary>
    public int SpectrumBins { get; }

    /// <summary>Kaldi's filters: triangles on the scale 1127 ln(1 + f / 700), straight in mel, peak 1. The bin at half the sample rate has no weight.</summary>
    /// <param name="bins">Number of bands, 4 or more.</param>
    /// <param name="transformLength">Samples of the Fourier transform, even.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="lowHz">Lower end of the lowest band.</param>
    /// <param name="highHz">Upper end of the highest band; 0 or less counts down from half the sample rate.</param>
    /// <returns>The filters, as torchaudio's <c>compliance.kaldi.get_mel_banks</c> computes them in single precision.</returns>
    public static MelFilters Kaldi(int bins, int transformLength, double sampleRate, double lowHz, double highHz)
    {
        var nyquist = 0.5 * sampleRate;
        if (highHz <= 0) highHz += nyquist;
        if (bins <= 3) throw new ArgumentOutOfRangeException(nameof(bins), bins, "At least 4 bands are needed.");
        if (!(lowHz >= 0 && lowHz < nyquist && highHz > lowHz && highHz <= nyquist))
        {
            throw new ArgumentException(FormattableString.Invariant($"The bands from {lowHz} Hz to {highHz} Hz do not lie between 0 and {nyquist} Hz."), nameof(lowHz));
        }

        var (low, high) = (1127.0 * Math.Log(1 + (lowHz / 700)), 1127.0 * Math.Log(1 + (highHz / 700)));
        var (start, step) = ((float)low, (float)((high - low) / (bins + 1)));
        var width = (float)(sampleRate / transformLength);
        var mels = new float[transformLength / 2];
        for (var k = 0; k < mels.Length; k++) mels[k] = 1127f * MathF.Log(1f + (width * k / 700f));

        var dense = new float[bins][];
        for (var bin = 0; bin < bins; bin++)
        {
            var left = start + (bin * step);
            var center = start + ((bin + 1f) * step);
            var right = start + ((bin + 2f) * step);
            dense[bin] = new float[(transformLength / 2) + 1];
            for (var k = 0; k < mels.Length; k++)
            {
                dense[bin][k] = Math.Max(0, Math.Min((mels[k] - left) / (center - left), (right - mels[k]) / (right - center)));
            }
        }

        return new MelFilters((transformLength / 2) + 1, dense);
    }

    /// <summary>HTK's scale 2595 log10(1 + f / 700) with triangles that are straight in hertz, peak 1.</summary>
    /// <param name="bins">Number of bands.</param>
    /// <param name="transformLength">Samples of the Fourier transform, even.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="lowHz">Lower end of the lowest band.</param>
    /// <param name="highHz">Upper end of the highest band.</param>
    /// <returns>The filters, as torchaudio's <c>melscale_fbanks</c> (mel scale htk, no norm) computes them in single precision.</returns>
    public static MelFilters Htk(int bins, int transformLength, int sampleRate, double lowHz, double highHz)
    {
        var frequencies = Line(0, sampleRate / 2, (transformLength / 2) + 1);
        var points = Line((float)HtkMel(lowHz), (float)HtkMel(highHz), bins + 2);
        for (var i = 0; i < points.Length; i++) points[i] = 700f * (MathF.Pow(10f, points[i] / 2595f) - 1f);

        var dense = new float[bins][];
        for (var bin = 0; bin < bins; bin++)
        {
            var (left, center, right) = (points[bin], points[bin + 1], points[bin + 2]);
            dense[bin] = [.. frequencies.Select(f => Math.Max(0, Math.Min(-(left - f) / (center - left), (right - f) / (right - center))))];
        }

        return new MelFilters(frequencies.Length, dense);
    }

    /// <summary>Slaney's scale (linear below 1 kHz, logarithmic above) with triangles of equal area, as librosa and Whisper use.</summary>
    /// <param name="bins">Number of bands.</param>
    /// <param name="transformLength">Samples of the Fourier transform, even.</param>
    /// <param name="sampleRate">In Hz; the bands reach from 0 to half of it.</param>
    /// <returns>The filters, as librosa's <c>filters.mel</c> computes them: in double precision, rounded to single.</returns>
    public static MelFilters Slaney(int bins, int transformLength, int sampleRate)
    {
        var spectrumBins = (transformLength / 2) + 1;
        var high = SlaneyMel(0.5 * sampleRate);
        var points = new double[bins + 2];
        for (var i = 0; i < points.Length; i++) points[i] = SlaneyHz(i == bins + 1 ? high : high / (bins + 1) * i);

        var dense = new float[bins][];
        for (var bin = 0; bin < bins; bin++)
        {
            dense[bin] = new float[spectrumBins];
            var area = 2.0 / (points[bin + 2] - points[bin]);
            for (var k = 0; k < spectrumBins; k++)
            {
                var hz = (double)sampleRate / transformLength * k;
                var rise = (hz - points[bin]) / (points[bin + 1] - points[bin]);
                var fall = (points[bin + 2] - hz) / (points[bin + 2] - points[bin + 1]);
                dense[bin][k] = (float)((float)Math.Max(0, Math.Min(rise, fall)) * area);
            }
        }

        return new MelFilters(spectrumBins, dense);
    }

    /// <summary>All weights.</summary>
    /// <returns><see cref="Bins"/> rows of <see cref="SpectrumBins"/> weights.</returns>
    public float[] ToDense()
    {
        var dense = new float[Bins * SpectrumBins];
        for (var bin = 0; bin < Bins; bin++) _weights[bin].CopyTo(dense, (bin * SpectrumBins) + _first[bin]);
        return dense;
    }

    /// <summary>Sums spectra into bands, every lane for itself.</summary>
    internal void Apply(ReadOnlySpan<Vector<double>> spectrum, Span<Vector<double>> bands)
    {
        for (var bin = 0; bin < _weights.Length; bin++)
        {
            var weights = _weights[bin];
            var part = spectrum.Slice(_first[bin], weights.Length);
            var sum = Vector<double>.Zero;
            for (var k = 0; k < weights.Length; k++) sum += part[k] * weights[k];
            bands[bin] = sum;
        }
    }

    private static double HtkMel(double hz) => 2595.0 * Math.Log10(1 + (hz / 700));

    // 200/3 Hz a mel up to 1 kHz (mel 15), then 27 mels for each factor of 6.4.
    private static double SlaneyMel(double hz) => hz < 1000 ? hz * 3 / 200 : 15 + (Math.Log(hz / 1000) / (Math.Log(6.4) / 27));

    private static double SlaneyHz(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Exp(Math.Log(6.4) / 27 * (mel - 15));

    // PyTorch's linspace counts the first half up from the start and the second half down from the end.
    private static float[] Line(float start, float end, int count)
    {
        var step = (end - start) / (count - 1);
        var line = new float[count];
        for (var i = 0; i < count; i++) line[i] = i < count / 2 ? start + (step * i) : end - (step * (count - 1 - i));
        return line;
    }
}
