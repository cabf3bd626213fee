namespace Curation.Models.Voice;

/// <summary>One sound heard window by window.</summary>
public sealed class VadListener
{
    private readonly SileroVad _vad;
    private readonly SileroVad.VadState _state = new(1);

    internal VadListener(SileroVad vad) => _vad = vad;

    /// <summary>Hears the next window.</summary>
    /// <param name="samples">512 samples of mono at 16 kHz; fewer only at the end.</param>
    /// <returns>The probability of speech, 0..1.</returns>
    public float Push(ReadOnlySpan<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, SileroVad.WindowSamples);
        _state.Feed(0, samples);
        return _vad.Step(_state)[0];
    }
}
