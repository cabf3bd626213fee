namespace Curation.Models.Generation;

/// <summary>Which tokens would repeat a run of tokens.</summary>
internal static class RepeatedNgrams
{
    /// <summary>Forbids every token that would complete an n-gram which stands in the sequence already.</summary>
    public static void Forbid(IReadOnlyList<int> sequence, int length, Span<float> scores)
    {
        if (length <= 0 || sequence.Count < length) return;

        var prefix = sequence.Count - (length - 1);
        for (var start = 0; start + length <= sequence.Count; start++)
        {
            var isSame = true;
            for (var i = 0; i < length - 1 && isSame; i++) isSame = sequence[start + i] == sequence[prefix + i];

            if (isSame) scores[sequence[start + length - 1]] = float.NegativeInfinity;
        }
    }
}
