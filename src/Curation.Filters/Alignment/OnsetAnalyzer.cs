using Curation.Clips.Streaming;

namespace Curation.Filters.Alignment;

/// <summary>Listens for where sound rises: the sound side of the embedded sync estimator.</summary>
/// <remarks>
/// Bands are differences of two cascaded one-pole low-passes (12 dB per octave): cheap, causal and without the smear of a
/// window, so a click stays in its own 10 ms. One instance follows one stream of sound.
/// </remarks>
public sealed class OnsetAnalyzer
{
    private const int SamplesPerFrame = SoundView.SampleRate / 100;

    private static readonly float Pole250 = Pole(250);
    private static readonly float Pole1000 = Pole(1_000);
    private static readonly float Pole4000 = Pole(4_000);

    private (float First, float Second) _below250;
    private (float First, float Second) _below1000;
    private (float First, float Second) _below4000;
    private float _power;
    private float _low;
    private float _midLow;
    private float _midHigh;
    private float _high;
    private int _filled;

    /// <summary>Takes the next samples.</summary>
    /// <param name="mono">Mono samples at 48 kHz, nominally in [-1, 1]; any number. Samples that are not finite count as silence.</param>
    /// <param name="frames">Receives every frame that became complete.</param>
    public void Push(ReadOnlySpan<float> mono, ICollection<OnsetFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);

        while (!mono.IsEmpty)
        {
            var take = Math.Min(SamplesPerFrame - _filled, mono.Length);
            Accumulate(mono[..take]);
            _filled += take;
            mono = mono[take..];
            if (_filled == SamplesPerFrame) frames.Add(Finish());
        }
    }

    private static float Pole(float hertz) => 1 - MathF.Exp(-2 * MathF.PI * hertz / SoundView.SampleRate);

    private void Accumulate(ReadOnlySpan<float> samples)
    {
        var (a1, a2) = _below250;
        var (b1, b2) = _below1000;
        var (c1, c2) = _below4000;
        foreach (var sample in samples)
        {
            var x = float.IsFinite(sample) ? sample : 0;
            a1 += Pole250 * (x - a1);
            a2 += Pole250 * (a1 - a2);
            b1 += Pole1000 * (x - b1);
            b2 += Pole1000 * (b1 - b2);
            c1 += Pole4000 * (x - c1);
            c2 += Pole4000 * (c1 - c2);
            var midLow = b2 - a2;
            var midHigh = c2 - b2;
            var high = x - c2;
            _power += x * x;
            _low += a2 * a2;
            _midLow += midLow * midLow;
            _midHigh += midHigh * midHigh;
            _high += high * high;
        }

        _below250 = (Settle(a1), Settle(a2));
        _below1000 = (Settle(b1), Settle(b2));
        _below4000 = (Settle(c1), Settle(c2));
    }

    /// <summary>Denormal numbers cost a hundred times the work: a decaying filter is stopped at -300 dB.</summary>
    private static float Settle(float state) => MathF.Abs(state) < 1e-15f ? 0 : state;

    private OnsetFrame Finish()
    {
        var frame = new OnsetFrame(_power / SamplesPerFrame, _low / SamplesPerFrame, _midLow / SamplesPerFrame, _midHigh / SamplesPerFrame, _high / SamplesPerFrame);
        (_power, _low, _midLow, _midHigh, _high, _filled) = (0, 0, 0, 0, 0, 0);
        return frame;
    }
}
