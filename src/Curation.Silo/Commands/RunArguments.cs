namespace Curation.Silo.Commands;

/// <summary>What the user asked of a run, unchecked.</summary>
internal sealed record RunArguments(string Input, string Output, string Policy, string? Models, int? Limit, int Parallelism, bool Json);
