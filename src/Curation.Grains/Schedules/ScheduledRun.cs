namespace Curation.Grains.Schedules;

/// <summary>A due time and what became of it.</summary>
/// <param name="ScheduledUtc">The due time; of several in one entry the last. For a run by hand, when somebody asked for it.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record ScheduledRun(DateTimeOffset ScheduledUtc, ScheduledOutcome Outcome)
{
    /// <summary>The run; for a skipped time the one that was in the way; null for a missed one.</summary>
    public string? RunId { get; init; }

    /// <summary>Due times that this entry stands for, at least 1; counted up to <see cref="CronRule.MostCounted"/>.</summary>
    public int Times { get; init; } = 1;

    /// <summary>True where somebody asked for the run by hand.</summary>
    public bool ByHand { get; init; }

    /// <summary>When it was started; null where nothing was.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>Sources that are through, those done before included.</summary>
    public int Sources { get; init; }

    /// <summary>Of these, sources that an earlier run had done.</summary>
    public int AlreadyDone { get; init; }

    /// <summary>Sources quarantined.</summary>
    public int Quarantined { get; init; }

    /// <summary>Clips.</summary>
    public int Clips { get; init; }

    /// <summary>Clips retained.</summary>
    public int Retained { get; init; }

    /// <summary>Why it failed or was left out; null for the others.</summary>
    public string? Reason { get; init; }
}
