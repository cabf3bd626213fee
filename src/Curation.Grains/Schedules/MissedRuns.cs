namespace Curation.Grains.Schedules;

/// <summary>What becomes of due times at which nobody was running.</summary>
public enum MissedRuns
{
    /// <summary>One run for all of them, as soon as somebody runs again.</summary>
    Once,

    /// <summary>Nothing; the next due time is waited for.</summary>
    Skip,
}
