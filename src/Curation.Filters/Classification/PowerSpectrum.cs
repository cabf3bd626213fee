using System.Numerics;
using System.Numerics.Tensors;

namespace Curation.Filters.Classification;

/// <summary>Power spectrum of 512 real samples under a Hann window, scaled so that a full-scale sine on a bin sums to 0.5 over its main lobe.</summary>
internal sealed class PowerSpectrum
{
    public const int Length = 512;
    public const int Bins = (Length / 2) + 1;
    private const int Half = Length / 2;

    private readonly float[] _window = new float[Length];
    private readonly float[] _windowed = new float[Length];
    private readonly Complex32[] _work = new Complex32[Half];
    private readonly Complex32[] _twiddles = new Complex32[Half];
    private readonly int[] _reversed = new int[Half];
    private readonly float _scale;

    public PowerSpectrum()
    {
        for (var i = 0; i < Length; i++) _window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Length)));
        _scale = 2 / (Length * TensorPrimitives.SumOfSquares<float>(_window));

        // One table serves both the half-length transform (every second entry) and the split into real bins.
        for (var i = 0; i < Half; i++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * i / Length);
            _twiddles[i] = new Complex32((float)cos, (float)sin);
        }

        var bits = BitOperations.Log2(Half);
        for (var i = 0; i < Half; i++)
        {
            var reversed = 0;
            for (var b = 0; b < bits; b++) reversed |= ((i >> b) & 1) << (bits - 1 - b);
            _reversed[i] = reversed;
        }
    }

    /// <param name="samples"><see cref="Length"/> samples.</param>
    /// <param name="power"><see cref="Bins"/> powers.</param>
    public void Compute(ReadOnlySpan<float> samples, Span<float> power)
    {
        TensorPrimitives.Multiply(samples, _window, _windowed);
        for (var i = 0; i < Half; i++) _work[_reversed[i]] = new Complex32(_windowed[2 * i], _windowed[(2 * i) + 1]);

        for (var size = 2; size <= Half; size <<= 1)
        {
            var step = Length / size;
            var half = size / 2;
            for (var start = 0; start < Half; start += size)
            {
                for (var k = 0; k < half; k++)
                {
                    var (re, im) = _twiddles[k * step];
                    ref var a = ref _work[start + k];
                    ref var b = ref _work[start + k + half];
                    var tr = (b.Re * re) - (b.Im * im);
                    var ti = (b.Re * im) + (b.Im * re);
                    b = new Complex32(a.Re - tr, a.Im - ti);
                    a = new Complex32(a.Re + tr, a.Im + ti);
                }
            }
        }

        for (var k = 0; k <= Half; k++)
        {
            var p = _work[k % Half];
            var q = _work[(Half - k) % Half];
            float evenRe = (p.Re + q.Re) / 2, evenIm = (p.Im - q.Im) / 2;
            float oddRe = (p.Im + q.Im) / 2, oddIm = (q.Re - p.Re) / 2;
            var (cos, sin) = k == Half ? new Complex32(-1, 0) : _twiddles[k];
            var re = evenRe + (oddRe * cos) - (oddIm * sin);
            var im = evenIm + (oddRe * sin) + (oddIm * cos);
            power[k] = ((re * re) + (im * im)) * _scale;
        }
    }

    private readonly record struct Complex32(float Re, float Im);
}
