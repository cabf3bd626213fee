using System.Numerics.Tensors;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>Greedy CTC: the best token of every frame, runs of one token joined, blanks dropped (Graves et al. 2006).</summary>
internal static class CtcGreedy
{
    /// <summary>The token that means "nothing new".</summary>
    public const int Blank = 0;

    /// <summary>Collapses frames to tokens.</summary>
    /// <param name="logits">[frames, vocabulary], logits or log-probabilities.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    /// <returns>Tokens in order of time.</returns>
    public static List<CtcToken> Collapse(ReadOnlySpan<float> logits, int vocabulary)
    {
        var tokens = new List<CtcToken>();
        var scratch = new float[vocabulary];
        var previous = Blank;
        for (var frame = 0; frame < logits.Length / vocabulary; frame++)
        {
            var (id, probability) = Best(logits.Slice(frame * vocabulary, vocabulary), scratch);
            if (id != Blank && id == previous) tokens[^1] = tokens[^1] with { Last = frame, LogProbability = Math.Max(tokens[^1].LogProbability, probability) };
            else if (id != Blank) tokens.Add(new CtcToken(id, frame, frame, probability));
            previous = id;
        }

        return tokens;
    }

    /// <summary>The most probable token of one frame.</summary>
    /// <param name="logits">One frame.</param>
    /// <param name="scratch">As long as the frame; overwritten.</param>
    /// <returns>Id and natural logarithm of its probability.</returns>
    public static (int Id, double LogProbability) Best(ReadOnlySpan<float> logits, Span<float> scratch)
    {
        var best = TensorPrimitives.IndexOfMax(logits);
        return (best, logits[best] - LogSum(logits, logits[best], scratch));
    }

    /// <summary>Logarithm of the sum of exponentials.</summary>
    /// <param name="logits">One frame.</param>
    /// <param name="highest">Its highest value.</param>
    /// <param name="scratch">As long as the frame; overwritten.</param>
    /// <returns>What to take from a logit to get a log-probability; 0 where they are log-probabilities already.</returns>
    public static double LogSum(ReadOnlySpan<float> logits, float highest, Span<float> scratch)
    {
        TensorPrimitives.Subtract(logits, highest, scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return highest + Math.Log(TensorPrimitives.Sum<float>(scratch));
    }
}
