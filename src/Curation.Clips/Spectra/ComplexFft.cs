using System.Numerics;

namespace Curation.Clips.Spectra;

/// <summary>Forward complex Fourier transform of a power-of-two length, in split real and imaginary arrays. Not thread-safe: it owns its scratch.</summary>
/// <remarks>
/// Stockham's self-sorting form (radix 2, decimation in frequency): every pass reads and writes runs as long as the stride,
/// so all but the first passes are plain vector arithmetic without a bit-reversal.
/// </remarks>
internal sealed class ComplexFft
{
    private readonly float[] _cos;
    private readonly float[] _sin;
    private readonly float[] _scratchReal;
    private readonly float[] _scratchImaginary;

    public ComplexFft(int size)
    {
        if (size < 2 || !BitOperations.IsPow2(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "The length must be a power of two, 2 or more.");

        Size = size;
        _scratchReal = new float[size];
        _scratchImaginary = new float[size];
        _cos = new float[size / 2];
        _sin = new float[size / 2];
        for (var i = 0; i < size / 2; i++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * i / size);
            _cos[i] = (float)cos;
            _sin[i] = (float)sin;
        }
    }

    public int Size { get; }

    /// <summary>Transforms in place.</summary>
    public void Transform(Span<float> real, Span<float> imaginary)
    {
        real = real[..Size];
        imaginary = imaginary[..Size];
        Span<float> otherReal = _scratchReal;
        Span<float> otherImaginary = _scratchImaginary;
        var swapped = false;
        for (var (length, stride) = (Size, 1); length > 1; (length, stride) = (length / 2, stride * 2))
        {
            if (swapped) Pass(otherReal, otherImaginary, real, imaginary, length, stride);
            else Pass(real, imaginary, otherReal, otherImaginary, length, stride);
            swapped = !swapped;
        }

        if (!swapped) return;

        otherReal.CopyTo(real);
        otherImaginary.CopyTo(imaginary);
    }

    private void Pass(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> toReal, Span<float> toImaginary, int length, int stride)
    {
        var half = length / 2;
        var distance = half * stride;
        for (var p = 0; p < half; p++)
        {
            // The twiddle of this butterfly: exp(-2 pi i p / length) is entry p * stride of the full circle's table.
            var cos = _cos[p * stride];
            var sin = _sin[p * stride];
            var a = p * stride;
            var to = 2 * a;
            if (stride >= Vector<float>.Count)
            {
                Wide(real.Slice(a, stride), imaginary.Slice(a, stride), real.Slice(a + distance, stride), imaginary.Slice(a + distance, stride),
                    toReal.Slice(to, 2 * stride), toImaginary.Slice(to, 2 * stride), cos, sin);
                continue;
            }

            for (var q = 0; q < stride; q++)
            {
                var (ar, ai) = (real[a + q], imaginary[a + q]);
                var (br, bi) = (real[a + q + distance], imaginary[a + q + distance]);
                toReal[to + q] = ar + br;
                toImaginary[to + q] = ai + bi;
                var (dr, di) = (ar - br, ai - bi);
                toReal[to + stride + q] = (dr * cos) - (di * sin);
                toImaginary[to + stride + q] = (dr * sin) + (di * cos);
            }
        }
    }

    private static void Wide(
        ReadOnlySpan<float> realA, ReadOnlySpan<float> imaginaryA, ReadOnlySpan<float> realB, ReadOnlySpan<float> imaginaryB,
        Span<float> toReal, Span<float> toImaginary, float cos, float sin)
    {
        var stride = realA.Length;
        var (wr, wi) = (new Vector<float>(cos), new Vector<float>(sin));
        for (var q = 0; q < stride; q += Vector<float>.Count)
        {
            var (ar, ai) = (new Vector<float>(realA[q..]), new Vector<float>(imaginaryA[q..]));
            var (br, bi) = (new Vector<float>(realB[q..]), new Vector<float>(imaginaryB[q..]));
            (ar + br).CopyTo(toReal[q..]);
            (ai + bi).CopyTo(toImaginary[q..]);
            var (dr, di) = (ar - br, ai - bi);
            ((dr * wr) - (di * wi)).CopyTo(toReal[(stride + q)..]);
            ((dr * wi) + (di * wr)).CopyTo(toImaginary[(stride + q)..]);
        }
    }
}
