using System.Numerics.Tensors;

namespace Curation.Models.Speech.Whisper;

/// <summary>Timestamps come in pairs, never go back, open the text, and win where together they are likelier than any text token
/// (whisper/decoding.py, ApplyTimestampRules).</summary>
/// <param name="special">The model's special tokens.</param>
/// <param name="latestFirst">Last timestamp step that may open the text; null for no limit.</param>
internal sealed class TimestampRules(WhisperSpecialTokens special, int? latestFirst) : ILogitFilter
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        Forbid(logits, special.NoTimestamps, special.NoTimestamps + 1);

        var afterTimestamp = sampled.Length >= 1 && IsTimestamp(sampled[^1]);
        var afterPair = sampled.Length < 2 || IsTimestamp(sampled[^2]);
        if (afterTimestamp)
        {
            if (afterPair) Forbid(logits, special.TimestampBegin, logits.Length);
            else Forbid(logits, 0, special.EndOfText);
        }

        // A segment may start where the last one ended, but must not end where it started: that would loop.
        var last = sampled.LastIndexOfAnyExceptInRange(int.MinValue, special.TimestampBegin - 1);
        if (last >= 0) Forbid(logits, special.TimestampBegin, afterTimestamp && !afterPair ? sampled[last] : sampled[last] + 1);

        if (sampled.IsEmpty)
        {
            Forbid(logits, 0, special.TimestampBegin);
            if (latestFirst is { } latest) Forbid(logits, special.TimestampBegin + latest + 1, logits.Length);
        }

        // The normaliser is the same on both sides, so logits compare as log probabilities would.
        if (LogProbabilities.LogSumExp(logits[special.TimestampBegin..]) > TensorPrimitives.Max(logits[..special.TimestampBegin]))
        {
            Forbid(logits, 0, special.TimestampBegin);
        }
    }

    private bool IsTimestamp(int token) => token >= special.TimestampBegin;

    private static void Forbid(Span<float> logits, int start, int end)
    {
        if (start < Math.Min(end, logits.Length)) logits[start..Math.Min(end, logits.Length)].Fill(float.NegativeInfinity);
    }
}
