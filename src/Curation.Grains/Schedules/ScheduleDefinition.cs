namespace Curation.Grains.Schedules;

/// <summary>What to run and when.</summary>
/// <param name="Name">The schedule's name, see <see cref="ScheduleCheck"/>.</param>
/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">The IANA zone in which the fields are read, such as <c>Asia/Seoul</c>.</param>
/// <param name="Input">What its runs read.</param>
/// <param name="Output">The data set they write.</param>
/// <param name="PolicyName">What the policy was called when the schedule was made.</param>
/// <param name="PolicyText">The policy's YAML as it was then; a later change of the file changes nothing.</param>
public sealed record ScheduleDefinition(string Name, string Cron, string TimeZone, string Input, string Output, string PolicyName, string PolicyText)
{
    /// <summary>Folder of the models, the same on every silo; null for runs without models.</summary>
    public string? Models { get; init; }

    /// <summary>Stop each run after this many sources; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Sources in flight at once; 0 for as many as the active silos take.</summary>
    public int Parallelism { get; init; }

    /// <summary>What becomes of missed due times.</summary>
    public MissedRuns Missed { get; init; }

    /// <summary>True while no due time counts.</summary>
    public bool Paused { get; init; }

    /// <summary>When somebody made it.</summary>
    public DateTimeOffset CreatedUtc { get; init; }
}
