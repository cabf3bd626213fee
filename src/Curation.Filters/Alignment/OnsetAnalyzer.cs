using System.Numerics.Tensors;
using Curation.Clips.Streaming;

namespace Curation.Filters.Alignment;

/// <summary>Listens for where sound rises: the sound side of the embedded sync estimator.</summary>
/// <remarks>
/// Mean squares of adjoining 10 ms, without a window: a click stays in its own frame. Flux over six bands was tried
/// and gave no better offsets than the whole. One instance follows one stream of sound.
/// </remarks>
public sealed class OnsetAnalyzer
{
    private const int SamplesPerFrame = SoundView.SampleRate / 100;

    private float _energy;
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
            _energy += Energy(mono[..take]);
            _filled += take;
            mono = mono[take..];
            if (_filled < SamplesPerFrame) continue;

            frames.Add(new OnsetFrame(_energy / SamplesPerFrame));
            (_energy, _filled) = (0, 0);
        }
    }

    private static float Energy(ReadOnlySpan<float> samples)
    {
        var energy = TensorPrimitives.SumOfSquares(samples);
        if (float.IsFinite(energy)) return energy;

        energy = 0;
        foreach (var sample in samples) energy += float.IsFinite(sample) ? sample * sample : 0;
        return float.IsFinite(energy) ? energy : 0;
    }
}
