using Curation.Pipeline.Runs;

namespace Curation.Silo.Cluster;

/// <summary>What one silo says to a run before it starts.</summary>
/// <param name="Silo">Its address.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Plan">The plan as it would do it; null where it cannot.</param>
/// <param name="Errors">Why not.</param>
internal sealed record SiloView(string Silo, IReadOnlyList<string> Roles, RunPlan? Plan, IReadOnlyList<string> Errors);
