using System.Numerics;

namespace Curation.Models.Features;

/// <summary>Power spectra of as many real frames at once as a vector has lanes, in double precision. Any even length; fast for factors 2, 3 and 5. Safe for several threads.</summary>
/// <remarks>
/// Every lane holds another frame, so the arithmetic is written once, without shuffles, for any length: Whisper's 400 is as plain as 512.
/// The transform is Stockham's self-sorting form with mixed radices; double precision because log-mel values near the floor magnify the rounding of single precision.
/// </remarks>
internal sealed class LaneFft
{
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly double[] _unpackCos;
    private readonly double[] _unpackSin;
    private readonly int[] _radices;
    private readonly int _half;

    public LaneFft(int size)
    {
        if (size < 2 || size % 2 != 0) throw new ArgumentOutOfRangeException(nameof(size), size, "The length must be even, 2 or more.");

        Size = size;
        _half = size / 2;
        (_cos, _sin) = Circle(_half, _half);
        (_unpackCos, _unpackSin) = Circle(size, _half + 1);
        _radices = [.. Radices(_half)];
    }

    /// <summary>Frames transformed at once.</summary>
    public static int Lanes => Vector<double>.Count;

    /// <summary>Samples per transform.</summary>
    public int Size { get; }

    /// <summary>Bins per spectrum: from 0 up to and including half the sample rate.</summary>
    public int Bins => _half + 1;

    /// <summary>Vectors of scratch that <see cref="Power"/> wants.</summary>
    public int ScratchLength => 2 * Size;

    /// <summary>The squared magnitudes.</summary>
    /// <param name="samples"><see cref="Size"/> vectors: one instant of every frame after the other.</param>
    /// <param name="power">Takes <see cref="Bins"/> vectors.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> vectors, overwritten.</param>
    public void Power(ReadOnlySpan<Vector<double>> samples, Span<Vector<double>> power, Span<Vector<double>> scratch)
    {
        // Even samples ride as the real and odd ones as the imaginary part of a transform of half the length.
        var from = new Numbers(scratch[.._half], scratch[_half..Size]);
        var to = new Numbers(scratch[Size..(Size + _half)], scratch[(Size + _half)..(2 * Size)]);
        for (var i = 0; i < _half; i++)
        {
            from.Real[i] = samples[2 * i];
            from.Imaginary[i] = samples[(2 * i) + 1];
        }

        var stride = 1;
        foreach (var radix in _radices)
        {
            Pass(radix, stride, from, to);
            var old = from;
            from = to;
            to = old;
            stride *= radix;
        }

        Unpack(from, power);
    }

    private void Unpack(Numbers numbers, Span<Vector<double>> power)
    {
        ReadOnlySpan<Vector<double>> real = numbers.Real;
        ReadOnlySpan<Vector<double>> imaginary = numbers.Imaginary;
        for (var k = 0; k <= _half / 2; k++)
        {
            var mirror = k == 0 ? 0 : _half - k;
            var evenReal = 0.5 * (real[k] + real[mirror]);
            var evenImaginary = 0.5 * (imaginary[k] - imaginary[mirror]);
            var oddReal = 0.5 * (imaginary[k] + imaginary[mirror]);
            var oddImaginary = 0.5 * (real[mirror] - real[k]);
            var turnedReal = (oddReal * _unpackCos[k]) - (oddImaginary * _unpackSin[k]);
            var turnedImaginary = (oddReal * _unpackSin[k]) + (oddImaginary * _unpackCos[k]);
            power[k] = Square(evenReal + turnedReal, evenImaginary + turnedImaginary);
            power[_half - k] = Square(evenReal - turnedReal, evenImaginary - turnedImaginary);
        }
    }

    private void Pass(int radix, int stride, Numbers from, Numbers to)
    {
        var length = _half / stride;
        switch (radix)
        {
            case 4: Radix4(length, stride, from.Real, from.Imaginary, to.Real, to.Imaginary); break;
            case 2: Radix2(length, stride, from.Real, from.Imaginary, to.Real, to.Imaginary); break;
            default: AnyRadix(radix, length, stride, from.Real, from.Imaginary, to.Real, to.Imaginary); break;
        }
    }

    private void Radix4(
        int length, int stride,
        ReadOnlySpan<Vector<double>> real, ReadOnlySpan<Vector<double>> imaginary, Span<Vector<double>> toReal, Span<Vector<double>> toImaginary)
    {
        var quarter = length / 4;
        var distance = quarter * stride;
        for (var p = 0; p < quarter; p++)
        {
            var (c1, s1) = (_cos[p * stride], _sin[p * stride]);
            var (c2, s2) = (_cos[2 * p * stride], _sin[2 * p * stride]);
            var (c3, s3) = (_cos[3 * p * stride], _sin[3 * p * stride]);
            for (var q = 0; q < stride; q++)
            {
                var from = q + (p * stride);
                var to = q + (4 * p * stride);
                var (r0, i0) = (real[from], imaginary[from]);
                var (r1, i1) = (real[from + distance], imaginary[from + distance]);
                var (r2, i2) = (real[from + (2 * distance)], imaginary[from + (2 * distance)]);
                var (r3, i3) = (real[from + (3 * distance)], imaginary[from + (3 * distance)]);
                var (sumReal, sumImaginary) = (r0 + r2, i0 + i2);
                var (differenceReal, differenceImaginary) = (r0 - r2, i0 - i2);
                var (oddSumReal, oddSumImaginary) = (r1 + r3, i1 + i3);
                var (oddDifferenceReal, oddDifferenceImaginary) = (r1 - r3, i1 - i3);
                toReal[to] = sumReal + oddSumReal;
                toImaginary[to] = sumImaginary + oddSumImaginary;
                var (ar, ai) = (differenceReal + oddDifferenceImaginary, differenceImaginary - oddDifferenceReal);
                toReal[to + stride] = (ar * c1) - (ai * s1);
                toImaginary[to + stride] = (ar * s1) + (ai * c1);
                var (br, bi) = (sumReal - oddSumReal, sumImaginary - oddSumImaginary);
                toReal[to + (2 * stride)] = (br * c2) - (bi * s2);
                toImaginary[to + (2 * stride)] = (br * s2) + (bi * c2);
                var (cr, ci) = (differenceReal - oddDifferenceImaginary, differenceImaginary + oddDifferenceReal);
                toReal[to + (3 * stride)] = (cr * c3) - (ci * s3);
                toImaginary[to + (3 * stride)] = (cr * s3) + (ci * c3);
            }
        }
    }

    private void Radix2(
        int length, int stride,
        ReadOnlySpan<Vector<double>> real, ReadOnlySpan<Vector<double>> imaginary, Span<Vector<double>> toReal, Span<Vector<double>> toImaginary)
    {
        var half = length / 2;
        var distance = half * stride;
        for (var p = 0; p < half; p++)
        {
            var (cos, sin) = (_cos[p * stride], _sin[p * stride]);
            for (var q = 0; q < stride; q++)
            {
                var from = q + (p * stride);
                var to = q + (2 * p * stride);
                var (ar, ai) = (real[from], imaginary[from]);
                var (br, bi) = (real[from + distance], imaginary[from + distance]);
                toReal[to] = ar + br;
                toImaginary[to] = ai + bi;
                var (dr, di) = (ar - br, ai - bi);
                toReal[to + stride] = (dr * cos) - (di * sin);
                toImaginary[to + stride] = (dr * sin) + (di * cos);
            }
        }
    }

    private void AnyRadix(
        int radix, int length, int stride,
        ReadOnlySpan<Vector<double>> real, ReadOnlySpan<Vector<double>> imaginary, Span<Vector<double>> toReal, Span<Vector<double>> toImaginary)
    {
        // Output j of a group is the sum over k of input k times exp(-2 pi i j (k / radix + p / length)).
        var parts = length / radix;
        var distance = parts * stride;
        for (var p = 0; p < parts; p++)
        {
            for (var j = 0; j < radix; j++)
            {
                var start = (int)((long)j * p % length);
                var step = (int)((long)j * parts % length);
                for (var q = 0; q < stride; q++)
                {
                    var from = q + (p * stride);
                    var (sumReal, sumImaginary) = (Vector<double>.Zero, Vector<double>.Zero);
                    for (var (k, turn) = (0, start); k < radix; k++, turn = turn + step < length ? turn + step : turn + step - length)
                    {
                        var (cos, sin) = (_cos[turn * stride], _sin[turn * stride]);
                        var (r, i) = (real[from + (k * distance)], imaginary[from + (k * distance)]);
                        sumReal += (r * cos) - (i * sin);
                        sumImaginary += (r * sin) + (i * cos);
                    }

                    var to = q + (((radix * p) + j) * stride);
                    toReal[to] = sumReal;
                    toImaginary[to] = sumImaginary;
                }
            }
        }
    }

    private static IEnumerable<int> Radices(int length)
    {
        for (; length % 4 == 0; length /= 4) yield return 4;
        for (var factor = 2; length > 1; factor++)
        {
            for (; length % factor == 0; length /= factor) yield return factor;
        }
    }

    private static (double[] Cos, double[] Sin) Circle(int steps, int count)
    {
        var (cos, sin) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++) (sin[i], cos[i]) = Math.SinCos(-2 * Math.PI * i / steps);
        return (cos, sin);
    }

    private static Vector<double> Square(Vector<double> real, Vector<double> imaginary) => (real * real) + (imaginary * imaginary);

    private readonly ref struct Numbers(Span<Vector<double>> real, Span<Vector<double>> imaginary)
    {
        public readonly Span<Vector<double>> Real = real;
        public readonly Span<Vector<double>> Imaginary = imaginary;
    }
}
