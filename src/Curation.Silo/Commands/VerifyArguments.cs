namespace Curation.Silo.Commands;

/// <summary>What the user asked of <c>curate verify</c>.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Sample">A number of clips, or <c>all</c>.</param>
/// <param name="Seed">Chooses the sample.</param>
/// <param name="Json">Whether one JSON object is printed.</param>
internal sealed record VerifyArguments(string Dataset, string Sample, int Seed, bool Json);
