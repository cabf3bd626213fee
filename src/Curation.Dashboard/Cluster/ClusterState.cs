using Curation.Grains;
using Curation.Grains.Schedules;
using Curation.Grains.Silos;

namespace Curation.Dashboard.Cluster;

/// <summary>The cluster as it was at the last look.</summary>
public sealed record ClusterState
{
    /// <summary>When that was; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Runs that have not ended, the latest first.</summary>
    public IReadOnlyList<RunNow> Active { get; init; } = [];

    /// <summary>Runs that have, the latest first.</summary>
    public IReadOnlyList<RunEntry> Ended { get; init; } = [];

    /// <summary>The silos that answer.</summary>
    public IReadOnlyList<SiloStatusReport> Silos { get; init; } = [];

    /// <summary>Active silos that do not answer.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];

    /// <summary>The schedules in order of their names.</summary>
    public IReadOnlyList<ScheduleState> Schedules { get; init; } = [];

    /// <summary>Why the last look failed; null where it did not. What is shown then is older.</summary>
    public string? Trouble { get; init; }
}
