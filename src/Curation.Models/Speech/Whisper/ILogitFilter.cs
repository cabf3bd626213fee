namespace Curation.Models.Speech.Whisper;

/// <summary>A rule that forbids tokens by setting their logits to negative infinity.</summary>
internal interface ILogitFilter
{
    /// <param name="logits">Logits of the next token; changed in place.</param>
    /// <param name="sampled">Tokens sampled so far, without the prompt, the start and the prefix.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> sampled);
}
