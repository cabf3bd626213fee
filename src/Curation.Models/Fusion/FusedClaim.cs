namespace Curation.Models.Fusion;

/// <summary>One sentence of a fused caption.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Sources">What it rests on; never empty.</param>
public sealed record FusedClaim(string Sentence, IReadOnlyList<ClaimSource> Sources);
