namespace Curation.Models.Generation;

/// <summary>A decoder that writes one token at a time and remembers what it wrote.</summary>
public interface IStepModel : IDisposable
{
    /// <summary>How many tokens there are.</summary>
    int VocabularySize { get; }

    /// <summary>Feeds one token to each sequence.</summary>
    /// <param name="tokens">One token for each sequence.</param>
    /// <param name="parents">For each sequence, which sequence of the step before it continues; all zero in the first step.</param>
    /// <param name="logits">Takes the scores of the next token: sequence after sequence, <see cref="VocabularySize"/> each.</param>
    void Advance(ReadOnlySpan<int> tokens, ReadOnlySpan<int> parents, Span<float> logits);
}
