using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>Changes the sample rate by windowed-sinc interpolation with torchaudio's defaults: Hann window over 6 zero crossings, roll-off 0.99. Safe for several threads.</summary>
public sealed class SincResampler
{
    private const int ZeroCrossings = 6;
    private const double RollOff = 0.99;

    private readonly int _from;
    private readonly int _to;
    private readonly int _width;
    private readonly (int First, float[] Taps)[] _phases;

    /// <summary>Prepares the filters of every phase.</summary>
    /// <param name="fromRate">Samples a second before.</param>
    /// <param name="toRate">Samples a second after.</param>
    public SincResampler(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        var divisor = GreatestCommonDivisor(fromRate, toRate);
        _from = fromRate / divisor;
        _to = toRate / divisor;
        var cutoff = Math.Min(_from, _to) * RollOff;
        _width = (int)Math.Ceiling(ZeroCrossings * _from / cutoff);
        _phases = _from == _to ? [] : [.. Enumerable.Range(0, _to).Select(phase => Phase(phase, cutoff))];
    }

    /// <summary>Converts sound.</summary>
    /// <param name="samples">One channel at the old rate.</param>
    /// <returns>The same at the new rate: the length times the ratio, rounded up.</returns>
    /// <exception cref="ArgumentException">A sample is NaN or infinite.</exception>
    public float[] Resample(ReadOnlySpan<float> samples)
    {
        FiniteSound.Require(samples, nameof(samples));
        if (_from == _to) return samples.ToArray();

        var padded = new float[samples.Length + (2 * _width) + _from];
        samples.CopyTo(padded.AsSpan(_width));
        var resampled = new float[checked((int)((((long)samples.Length * _to) + _from - 1) / _from))];
        for (var (i, start) = (0, 0); i < resampled.Length; start += _from)
        {
            for (var phase = 0; phase < _to && i < resampled.Length; phase++, i++)
            {
                var (first, taps) = _phases[phase];
                resampled[i] = TensorPrimitives.Dot<float>(padded.AsSpan(start + first, taps.Length), taps);
            }
        }

        return resampled;
    }

    // Taps beyond the window are zero, so each phase keeps only its own few. torchaudio computes them in single precision,
    // which moves samples by up to 3e-6: every step here rounds as it does.
    private (int First, float[] Taps) Phase(int phase, double cutoff)
    {
        var length = (2 * _width) + _from;
        var scale = (float)(cutoff / _from);
        var first = 0;
        while (first < length && Math.Abs(Turn(first)) >= ZeroCrossings) first++;
        var end = first;
        while (end < length && Math.Abs(Turn(end)) < ZeroCrossings) end++;
        return (first, [.. Enumerable.Range(first, end - first).Select(tap => Weight(Turn(tap)))]);

        float Turn(int tap) => ((-phase / (float)_to) + ((tap - _width) / (float)_from)) * (float)cutoff;

        float Weight(float turn)
        {
            var window = MathF.Cos(turn * MathF.PI / ZeroCrossings / 2);
            var angle = turn * MathF.PI;
            var sinc = angle == 0 ? 1 : MathF.Sin(angle) / angle;
            return sinc * (window * window * scale);
        }
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
