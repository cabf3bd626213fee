namespace Curation.Grains.Schedules;

/// <summary>What became of a due time.</summary>
public enum ScheduledOutcome
{
    /// <summary>Its run has not ended.</summary>
    Running,

    /// <summary>Its run ended and the snapshot stands.</summary>
    Done,

    /// <summary>Somebody cancelled its run.</summary>
    Cancelled,

    /// <summary>Its run could not start or could not end; the reason says why.</summary>
    Failed,

    /// <summary>The run before it was still at work.</summary>
    Skipped,

    /// <summary>Nobody was running, and the schedule skips what it missed.</summary>
    Missed,
}
