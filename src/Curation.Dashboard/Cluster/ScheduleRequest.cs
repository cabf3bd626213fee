using Curation.Grains.Schedules;

namespace Curation.Dashboard.Cluster;

/// <summary>What somebody asks of a schedule, unchecked: as <c>curate schedule add</c> takes it.</summary>
/// <param name="Cron">Five fields.</param>
/// <param name="TimeZone">The IANA zone in which they are read.</param>
/// <param name="Input">What its runs read.</param>
/// <param name="Output">The data set that they write.</param>
/// <param name="Policy">A preset, or a file that this silo sees; null to keep the policy that the schedule has.</param>
public sealed record ScheduleRequest(string Cron, string TimeZone, string Input, string Output, string? Policy)
{
    /// <summary>Folder of the models; null for none.</summary>
    public string? Models { get; init; }

    /// <summary>Stop each run after this many sources; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Sources at once; 0 for as many as the silos take.</summary>
    public int Parallelism { get; init; }

    /// <summary>What becomes of missed due times.</summary>
    public MissedRuns Missed { get; init; }

    /// <summary>Whether no due time counts.</summary>
    public bool Paused { get; init; }
}
