namespace Curation.Models.Generation;

/// <summary>One sequence on the way, the start token included.</summary>
internal sealed record Beam(List<int> Tokens, double LogProbability);
