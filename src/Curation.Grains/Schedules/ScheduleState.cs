namespace Curation.Grains.Schedules;

/// <summary>What a schedule keeps outside memory. Its size is bounded.</summary>
public sealed record ScheduleState
{
    /// <summary>Entries of the history that are kept.</summary>
    public const int RememberedRuns = 200;

    /// <summary>What to run and when; null for a schedule that is not there.</summary>
    public ScheduleDefinition? Definition { get; init; }

    /// <summary>The next due time; null while paused, and where there is none.</summary>
    public DateTimeOffset? NextUtc { get; init; }

    /// <summary>The run that is to be or was started and has not been seen to end. It is written before the run starts, so that a crash between leads to the same run.</summary>
    public ScheduledRun? Current { get; init; }

    /// <summary>The last run that was started; null before the first.</summary>
    public string? LastRunId { get; init; }

    /// <summary>What became of earlier due times, in the order in which that was known.</summary>
    public IReadOnlyList<ScheduledRun> History { get; init; } = [];

    /// <summary>This state with one more entry. Times that one run was in the way of become one entry, so that they do not push out the runs.</summary>
    internal ScheduleState Remember(ScheduledRun entry)
    {
        var last = History.Count > 0 ? History[^1] : null;
        var joined = last is { Outcome: ScheduledOutcome.Skipped } && entry.Outcome == ScheduledOutcome.Skipped && last.RunId == entry.RunId;
        var kept = joined ? History.SkipLast(1).Append(entry with { Times = last!.Times + entry.Times }) : History.Append(entry);
        return this with { History = [.. kept.TakeLast(RememberedRuns)] };
    }
}
