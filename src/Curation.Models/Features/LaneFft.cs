using System.Numerics;
using System.Runtime.InteropServices;

namespace Curation.Models.Features;

/// <summary>Power spectra of as many real frames at once as a vector has lanes, in double precision. Any even length; fast for factors 2 and 5. Safe for several threads.</summary>
/// <remarks>
/// Every lane holds another frame, so the arithmetic is written once, without shuffles, for any length: Whisper's 400 is as plain as 512.
/// The transform is Stockham's self-sorting form with mixed radices; double precision because log-mel values near the floor magnify the rounding of single precision.
/// </remarks>
internal sealed class LaneFft
{
    private readonly Complex[] _turns;
    private readonly Complex[] _unpackTurns;
    private readonly int[] _radices;
    private readonly int _half;

    public LaneFft(int size)
    {
        if (size < 2 || size % 2 != 0) throw new ArgumentOutOfRangeException(nameof(size), size, "The length must be even, 2 or more.");

        Size = size;
        _half = size / 2;
        _turns = Circle(_half, _half);
        _unpackTurns = Circle(size, _half + 1);
        _radices = [.. Radices(_half)];
    }

    /// <summary>Frames transformed at once.</summary>
    public static int Lanes => Vector<double>.Count;

    /// <summary>Samples per transform.</summary>
    public int Size { get; }

    /// <summary>Bins per spectrum: from 0 up to and including half the sample rate.</summary>
    public int Bins => _half + 1;

    /// <summary>The squared magnitudes.</summary>
    /// <param name="samples"><see cref="Size"/> vectors: one instant of every frame after the other; overwritten.</param>
    /// <param name="power">Takes <see cref="Bins"/> vectors.</param>
    /// <param name="scratch"><see cref="Size"/> vectors, overwritten.</param>
    public void Power(Span<Vector<double>> samples, Span<Vector<double>> power, Span<Vector<double>> scratch)
    {
        // Even samples ride as the real and odd ones as the imaginary part of a transform of half the length.
        var from = MemoryMarshal.Cast<Vector<double>, ComplexLanes>(samples[..Size]);
        var to = MemoryMarshal.Cast<Vector<double>, ComplexLanes>(scratch[..Size]);
        var stride = 1;
        foreach (var radix in _radices)
        {
            switch (radix)
            {
                case 4: Radix4(_half / stride, stride, from, to); break;
                case 5: Radix5(_half / stride, stride, from, to); break;
                case 2: Radix2(_half / stride, stride, from, to); break;
                default: AnyRadix(radix, _half / stride, stride, from, to); break;
            }

            var old = from;
            from = to;
            to = old;
            stride *= radix;
        }

        Unpack(from, power);
    }

    private void Unpack(ReadOnlySpan<ComplexLanes> spectrum, Span<Vector<double>> power)
    {
        for (var k = 0; k <= _half / 2; k++)
        {
            var (here, mirror) = (spectrum[k], spectrum[k == 0 ? 0 : _half - k].Conjugate);
            var even = here + mirror;
            var odd = (here - mirror).TurnedBack * _unpackTurns[k];
            power[k] = (even + odd).Power * 0.25;
            power[_half - k] = (even - odd).Power * 0.25;
        }
    }

    private void Radix4(int length, int stride, ReadOnlySpan<ComplexLanes> from, Span<ComplexLanes> to)
    {
        var quarter = length / 4;
        var distance = quarter * stride;
        for (var p = 0; p < quarter; p++)
        {
            var (turn1, turn2, turn3) = (_turns[p * stride], _turns[2 * p * stride], _turns[3 * p * stride]);
            for (var q = 0; q < stride; q++)
            {
                var at = q + (p * stride);
                var (a, b, c, d) = (from[at], from[at + distance], from[at + (2 * distance)], from[at + (3 * distance)]);
                var (sum, difference) = (a + c, a - c);
                var (oddSum, oddDifference) = (b + d, (b - d).TurnedBack);
                var target = q + (4 * p * stride);
                to[target] = sum + oddSum;
                to[target + stride] = (difference + oddDifference) * turn1;
                to[target + (2 * stride)] = (sum - oddSum) * turn2;
                to[target + (3 * stride)] = (difference - oddDifference) * turn3;
            }
        }
    }

    private void Radix5(int length, int stride, ReadOnlySpan<ComplexLanes> from, Span<ComplexLanes> to)
    {
        var (cos1, cos2) = (Math.Cos(2 * Math.PI / 5), Math.Cos(4 * Math.PI / 5));
        var (sin1, sin2) = (Math.Sin(2 * Math.PI / 5), Math.Sin(4 * Math.PI / 5));
        var fifth = length / 5;
        var distance = fifth * stride;
        for (var p = 0; p < fifth; p++)
        {
            var (turn1, turn2) = (_turns[p * stride], _turns[2 * p * stride]);
            var (turn3, turn4) = (_turns[3 * p * stride], _turns[4 * p * stride]);
            for (var q = 0; q < stride; q++)
            {
                var at = q + (p * stride);
                var a = from[at];
                var (b, e) = (from[at + distance], from[at + (4 * distance)]);
                var (c, d) = (from[at + (2 * distance)], from[at + (3 * distance)]);
                var (outerSum, outer) = (b + e, (b - e).TurnedBack);
                var (innerSum, inner) = (c + d, (c - d).TurnedBack);
                var (real1, turned1) = (a + (outerSum * cos1) + (innerSum * cos2), (outer * sin1) + (inner * sin2));
                var (real2, turned2) = (a + (outerSum * cos2) + (innerSum * cos1), (outer * sin2) - (inner * sin1));
                var target = q + (5 * p * stride);
                to[target] = a + outerSum + innerSum;
                to[target + stride] = (real1 + turned1) * turn1;
                to[target + (2 * stride)] = (real2 + turned2) * turn2;
                to[target + (3 * stride)] = (real2 - turned2) * turn3;
                to[target + (4 * stride)] = (real1 - turned1) * turn4;
            }
        }
    }

    private void Radix2(int length, int stride, ReadOnlySpan<ComplexLanes> from, Span<ComplexLanes> to)
    {
        var half = length / 2;
        var distance = half * stride;
        for (var p = 0; p < half; p++)
        {
            var turn = _turns[p * stride];
            for (var q = 0; q < stride; q++)
            {
                var (a, b) = (from[q + (p * stride)], from[q + (p * stride) + distance]);
                var target = q + (2 * p * stride);
                to[target] = a + b;
                to[target + stride] = (a - b) * turn;
            }
        }
    }

    private void AnyRadix(int radix, int length, int stride, ReadOnlySpan<ComplexLanes> from, Span<ComplexLanes> to)
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
                    var sum = default(ComplexLanes);
                    for (var (k, turn) = (0, start); k < radix; k++, turn = turn + step < length ? turn + step : turn + step - length)
                    {
                        sum += from[q + (p * stride) + (k * distance)] * _turns[turn * stride];
                    }

                    to[q + (((radix * p) + j) * stride)] = sum;
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

    private static Complex[] Circle(int steps, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Complex.FromPolarCoordinates(1, -2 * Math.PI * i / steps))];
}
