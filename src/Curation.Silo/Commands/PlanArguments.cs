using Curation.Pipeline.Planning;

namespace Curation.Silo.Commands;

/// <summary>What the user asked of a plan, unchecked.</summary>
internal sealed record PlanArguments(string Input, int Sample, int Seed, StratumKind? Stratify, string Policy, string? Models, int Parallelism, int? Cores, string? Against, string? Keep, bool Json);
