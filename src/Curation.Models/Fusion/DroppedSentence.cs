namespace Curation.Models.Fusion;

/// <summary>A sentence that did not enter the fused caption.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Source">Who said it.</param>
/// <param name="Reason">What it contradicts, or why it was left out.</param>
public sealed record DroppedSentence(string Sentence, ClaimSource Source, string Reason);
