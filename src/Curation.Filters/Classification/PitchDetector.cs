using System.Numerics.Tensors;

namespace Curation.Filters.Classification;

/// <summary>Pitch candidates by normalised cross-correlation (Talkin 1995, RAPT): a fixed window against the same window later by each lag.</summary>
internal sealed class PitchDetector
{
    public const int SampleRate = 8000;

    /// <summary>Samples a frame needs.</summary>
    public const int Length = Window + LongestLag + 1;

    // 30 ms: two periods of the lowest pitch.
    private const int Window = 240;
    private const int ShortestLag = SampleRate / 1000;
    private const int LongestLag = SampleRate / 60;

    // A peak this much shorter than the highest still counts when its lag is smaller: whole multiples of a period correlate as well. Uncalibrated.
    private const float PerOctaveBias = 0.03f;

    // Peaks below this say nothing. Uncalibrated.
    private const float WeakestPeak = 0.25f;

    // Energy under which a window has no pitch: -90 dBFS.
    private const float LeastPower = 1e-9f;

    private readonly float[] _samples = new float[Length];
    private readonly float[] _correlation = new float[LongestLag + 2];

    /// <param name="samples"><see cref="Length"/> samples at 8 kHz.</param>
    /// <returns>None where the window is practically silent.</returns>
    public PitchCandidates Find(ReadOnlySpan<float> samples)
    {
        TensorPrimitives.Subtract(samples, TensorPrimitives.Sum(samples) / Length, _samples);
        var still = _samples.AsSpan(0, Window);
        var stillEnergy = TensorPrimitives.SumOfSquares<float>(still);
        if (stillEnergy < LeastPower * Window) return default;

        var laterEnergy = TensorPrimitives.SumOfSquares<float>(_samples.AsSpan(ShortestLag - 1, Window));
        for (var lag = ShortestLag - 1; lag <= LongestLag + 1; lag++)
        {
            var dot = TensorPrimitives.Dot<float>(still, _samples.AsSpan(lag, Window));
            _correlation[lag] = dot / MathF.Sqrt((stillEnergy * Math.Max(laterEnergy, 0)) + (LeastPower * Window * LeastPower * Window));
            if (lag <= LongestLag) laterEnergy += Square(_samples[lag + Window]) - Square(_samples[lag]);
        }

        return BestPeaks();
    }

    private PitchCandidates BestPeaks()
    {
        Span<float> hz = stackalloc float[PitchCandidates.Count];
        Span<float> strength = stackalloc float[PitchCandidates.Count];
        Span<float> rank = stackalloc float[PitchCandidates.Count];
        for (var lag = ShortestLag; lag <= LongestLag; lag++)
        {
            float before = _correlation[lag - 1], here = _correlation[lag], after = _correlation[lag + 1];
            if (here < WeakestPeak || here < before || here <= after) continue;

            // The peak of the parabola through the three points.
            var bend = before - (2 * here) + after;
            var shift = bend < 0 ? (before - after) / (2 * bend) : 0;
            var height = Math.Min(1, here - ((before - after) * shift / 4));
            var score = height - (PerOctaveBias * MathF.Log2((float)lag / ShortestLag));
            for (var i = 0; i < PitchCandidates.Count; i++)
            {
                if (strength[i] > 0 && score <= rank[i]) continue;

                for (var j = PitchCandidates.Count - 1; j > i; j--) (hz[j], strength[j], rank[j]) = (hz[j - 1], strength[j - 1], rank[j - 1]);
                (hz[i], strength[i], rank[i]) = (SampleRate / (lag + shift), height, score);
                break;
            }
        }

        return new PitchCandidates(hz[0], strength[0], hz[1], strength[1], hz[2], strength[2]);
    }

    private static float Square(float x) => x * x;
}
