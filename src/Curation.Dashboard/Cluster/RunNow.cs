using Curation.Grains;

namespace Curation.Dashboard.Cluster;

/// <summary>A run that has not ended, as it was at the last look.</summary>
/// <param name="Entry">What the index knows of it.</param>
/// <param name="Progress">How far it is; null while it does not answer.</param>
/// <param name="Pace">How fast it is, from all looks since the dashboard knows it.</param>
public sealed record RunNow(RunEntry Entry, RunProgress? Progress, RunPace Pace);
