using System.Numerics.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>Logits to natural-log probabilities. A forbidden token's logit is negative infinity.</summary>
internal static class LogProbabilities
{
    /// <summary>ln Σ exp(x) without overflow; negative infinity where every logit is forbidden or there is none.</summary>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty) return double.NegativeInfinity;

        var max = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(max)) return double.NegativeInfinity;

        var sum = 0.0;
        Span<float> block = stackalloc float[512];
        for (var start = 0; start < logits.Length; start += block.Length)
        {
            var part = block[..Math.Min(block.Length, logits.Length - start)];
            TensorPrimitives.Subtract(logits.Slice(start, part.Length), max, part);
            TensorPrimitives.Exp(part, part);
            sum += TensorPrimitives.Sum(part);
        }

        return max + Math.Log(sum);
    }

    /// <summary>Probability of one token among all that are allowed.</summary>
    public static double Probability(ReadOnlySpan<float> logits, int token) => Math.Exp(logits[token] - LogSumExp(logits));
}
