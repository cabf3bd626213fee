using System.Numerics.Tensors;
using Curation.Clips.Streaming;

namespace Curation.Filters.Classification;

/// <summary>Turns the mono sound of the analysis pass into one <see cref="VoiceFrame"/> per 10 ms. Frame k covers [start + k * 10 ms, start + (k + 1) * 10 ms).</summary>
/// <remarks>One per source, pushed in order; not safe for several threads. The frames of a call are valid until the next call.</remarks>
public sealed class VoiceAnalyzer
{
    private const int InputHop = SoundView.SampleRate / VoiceFrame.PerSecond;
    private const int WideRate = 16_000;
    private const int WideHop = WideRate / VoiceFrame.PerSecond;

    // 60 dB over full scale: nothing recorded is louder, and squares stay finite.
    private const float LargestSample = 1000;
    private const int NarrowHop = PitchDetector.SampleRate / VoiceFrame.PerSecond;

    // Pass to 7.2 kHz, stop from 8 kHz on; then pass to 3.6 kHz, stop from 4.4 kHz on (what folds over lands above 3.6 kHz).
    private readonly FirDecimator _toWide = new(SoundView.SampleRate / WideRate, 144, 7600.0 / SoundView.SampleRate);
    private readonly FirDecimator _toNarrow = new(WideRate / PitchDetector.SampleRate, 48, 3800.0 / WideRate);
    private readonly SampleQueue _wide = new(PowerSpectrum.Length);
    private readonly SampleQueue _narrow = new(PitchDetector.Length);
    private readonly FrameMaker _maker = new();
    private readonly List<VoiceFrame> _frames = [];
    private readonly List<int> _invalid = [];
    private float[] _clean = new float[8192];
    private long _pushed;
    private long _narrowed;
    private long _made;
    private bool _completed;

    /// <summary>Frames made so far.</summary>
    public long FrameCount => _made;

    /// <summary>Takes the next samples.</summary>
    /// <param name="mono">Mono samples at <see cref="SoundView.SampleRate"/>; NaN, infinity and anything beyond +-1000 count as 0 and are reported per frame.</param>
    /// <returns>The frames that became complete; valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The sound was completed already.</exception>
    public ReadOnlySpan<VoiceFrame> Push(ReadOnlySpan<float> mono)
    {
        if (_completed) throw new InvalidOperationException("The sound was completed; use another analyzer for another sound.");

        _frames.Clear();
        Take(mono, countInvalid: true);
        _pushed += mono.Length;
        Make(long.MaxValue);
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_frames);
    }

    /// <summary>Ends the sound.</summary>
    /// <returns>The frames that waited for later sound; the last may be cut short, its missing part being silence.</returns>
    /// <exception cref="InvalidOperationException">The sound was completed already.</exception>
    public ReadOnlySpan<VoiceFrame> Complete()
    {
        if (_completed) throw new InvalidOperationException("The sound was completed already.");

        _completed = true;
        _frames.Clear();
        var total = (_pushed + InputHop - 1) / InputHop;
        var silence = new float[InputHop * 10];
        while (_made < total)
        {
            Take(silence, countInvalid: false);
            Make(total);
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_frames);
    }

    private void Take(ReadOnlySpan<float> mono, bool countInvalid)
    {
        if (_clean.Length < mono.Length) _clean = new float[mono.Length];
        var clean = _clean.AsSpan(0, mono.Length);
        mono.CopyTo(clean);
        if (countInvalid && !mono.IsEmpty && !(TensorPrimitives.MaxMagnitude<float>(mono) <= LargestSample)) Clean(clean);

        _toWide.Push(clean, _wide);
        var fresh = (int)(_wide.End - _narrowed);
        if (fresh > 0)
        {
            _toNarrow.Push(_wide.Window(_narrowed, fresh), _narrow);
            _narrowed += fresh;
        }
    }

    private void Clean(Span<float> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (Math.Abs(samples[i]) <= LargestSample) continue;

            samples[i] = 0;
            var frame = (int)(((_pushed + i) / InputHop) - _made);
            while (_invalid.Count <= frame) _invalid.Add(0);
            _invalid[frame]++;
        }
    }

    private void Make(long limit)
    {
        while (_made < limit)
        {
            var wideStart = (_made * WideHop) + (WideHop / 2) - (PowerSpectrum.Length / 2);
            var narrowStart = (_made * NarrowHop) + (NarrowHop / 2) - (PitchDetector.Length / 2);
            if (wideStart + PowerSpectrum.Length > _wide.End || narrowStart + PitchDetector.Length > _narrow.End) break;

            var invalid = 0f;
            if (_invalid.Count > 0)
            {
                invalid = (float)_invalid[0] / InputHop;
                _invalid.RemoveAt(0);
            }

            _frames.Add(_maker.Make(
                _wide.Window(_made * WideHop, WideHop),
                _wide.Window(wideStart, PowerSpectrum.Length),
                _narrow.Window(narrowStart, PitchDetector.Length),
                invalid));
            _made++;
        }

        var nextWide = (_made * WideHop) + (WideHop / 2) - (PowerSpectrum.Length / 2);
        _wide.DropBefore(Math.Min(nextWide, _narrowed));
        _narrow.DropBefore((_made * NarrowHop) + (NarrowHop / 2) - (PitchDetector.Length / 2));
    }
}
