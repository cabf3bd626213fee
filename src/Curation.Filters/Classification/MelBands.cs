using System.Numerics.Tensors;

namespace Curation.Filters.Classification;

/// <summary>Mel-frequency cepstrum of a power spectrum: 26 triangular bands from 60 to 7600 Hz, HTK's mel scale, orthonormal DCT-II.</summary>
internal sealed class MelBands
{
    private const int Bands = 26;
    private const double LowestHz = 60;
    private const double HighestHz = 7600;

    // Power added to every band so that silence has a finite logarithm: -110 dB re full scale.
    private const float PowerFloor = 1e-11f;

    private readonly (int First, float[] Weights)[] _bands = new (int, float[])[Bands];
    private readonly float[][] _dct = new float[Cepstrum.Count][];
    private readonly float[] _logs = new float[Bands];

    public MelBands(double sampleRate)
    {
        var hzPerBin = sampleRate / PowerSpectrum.Length;
        var edges = new double[Bands + 2];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = FromMel(ToMel(LowestHz) + ((ToMel(HighestHz) - ToMel(LowestHz)) * i / (Bands + 1))) / hzPerBin;
        }

        for (var band = 0; band < Bands; band++)
        {
            var first = (int)Math.Ceiling(edges[band]);
            var last = (int)Math.Floor(edges[band + 2]);
            var weights = new float[last - first + 1];
            for (var bin = first; bin <= last; bin++)
            {
                var rise = (bin - edges[band]) / (edges[band + 1] - edges[band]);
                var fall = (edges[band + 2] - bin) / (edges[band + 2] - edges[band + 1]);
                weights[bin - first] = (float)Math.Max(0, Math.Min(rise, fall));
            }

            _bands[band] = (first, weights);
        }

        for (var c = 0; c < Cepstrum.Count; c++)
        {
            _dct[c] = new float[Bands];
            var scale = Math.Sqrt((c == 0 ? 1.0 : 2.0) / Bands);
            for (var band = 0; band < Bands; band++) _dct[c][band] = (float)(scale * Math.Cos(Math.PI * c * (band + 0.5) / Bands));
        }
    }

    public Cepstrum Compute(ReadOnlySpan<float> power)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (first, weights) = _bands[band];
            _logs[band] = TensorPrimitives.Dot(power.Slice(first, weights.Length), weights) + PowerFloor;
        }

        TensorPrimitives.Log<float>(_logs, _logs);

        var cepstrum = default(Cepstrum);
        for (var c = 0; c < Cepstrum.Count; c++) cepstrum[c] = TensorPrimitives.Dot<float>(_logs, _dct[c]);
        return cepstrum;
    }

    private static double ToMel(double hz) => 2595 * Math.Log10(1 + (hz / 700));

    private static double FromMel(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
