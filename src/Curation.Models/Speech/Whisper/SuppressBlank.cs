namespace Curation.Models.Speech.Whisper;

/// <summary>Forbids a blank or the end as the first token.</summary>
internal sealed class SuppressBlank(WhisperTokenizer tokenizer) : ILogitFilter
{
    private readonly int[] _blank = [.. tokenizer.Encode(" "), tokenizer.Special.EndOfText];

    public void Apply(Span<float> logits, ReadOnlySpan<int> sampled)
    {
        if (!sampled.IsEmpty) return;

        foreach (var token in _blank) logits[token] = float.NegativeInfinity;
    }
}
