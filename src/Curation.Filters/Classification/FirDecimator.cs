using System.Numerics.Tensors;

namespace Curation.Filters.Classification;

/// <summary>Lowers a sample rate by a whole factor behind a linear-phase low-pass; output n lies exactly on input n * factor.</summary>
internal sealed class FirDecimator
{
    private readonly float[] _taps;
    private readonly int _factor;
    private float[] _pending;
    private int _count;
    private int _skip;

    /// <param name="factor">Input samples per output sample.</param>
    /// <param name="halfLength">Taps on each side of the centre.</param>
    /// <param name="cutoff">Half-amplitude frequency as a share of the input rate.</param>
    public FirDecimator(int factor, int halfLength, double cutoff)
    {
        _factor = factor;
        _taps = Design(halfLength, cutoff);
        _pending = new float[4096];
        _count = halfLength; // the past of the first sample is silence
    }

    /// <summary>Samples that must follow the last for the last output to be out.</summary>
    public int Tail => _taps.Length / 2;

    /// <summary>Takes samples and appends what comes out.</summary>
    public void Push(ReadOnlySpan<float> samples, SampleQueue output)
    {
        if (_count + samples.Length > _pending.Length) Array.Resize(ref _pending, Math.Max(_pending.Length * 2, _count + samples.Length));
        samples.CopyTo(_pending.AsSpan(_count));
        _count += samples.Length;

        var at = _skip;
        for (; at + _taps.Length <= _count; at += _factor)
        {
            output.Add(TensorPrimitives.Dot<float>(_pending.AsSpan(at, _taps.Length), _taps));
        }

        var used = Math.Min(at, _count);
        _pending.AsSpan(used, _count - used).CopyTo(_pending);
        _count -= used;
        _skip = at - used;
    }

    // Windowed sinc, Blackman: more than 70 dB of stop band.
    private static float[] Design(int halfLength, double cutoff)
    {
        var taps = new float[(2 * halfLength) + 1];
        var sum = 0.0;
        for (var i = 0; i < taps.Length; i++)
        {
            var x = i - halfLength;
            var sinc = x == 0 ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            var phase = Math.PI * (i + 1) / (halfLength + 1);
            taps[i] = (float)(sinc * (0.42 - (0.5 * Math.Cos(phase)) + (0.08 * Math.Cos(2 * phase))));
            sum += taps[i];
        }

        TensorPrimitives.Divide<float>(taps, (float)sum, taps);
        return taps;
    }
}
