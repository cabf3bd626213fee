namespace Curation.Grains;

/// <summary>How patient runs are. The times are choices, not measurements: uncalibrated.</summary>
public sealed class RunOptions
{
    /// <summary>Whether a run waits for a store or disk that does not answer, for as long as it takes. Without it the run ends and says why.</summary>
    public bool PausesOnStoreTrouble { get; set; }

    /// <summary>Delay before a paused run tries again; it doubles from try to try.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest such delay.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a source that was lost with its silo, rejected or timed out is tried in all, at least 2.</summary>
    public int Attempts { get; set; } = 10;

    /// <summary>Delay before the second try; it doubles from try to try.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest such delay.</summary>
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a run that is at work writes its checkpoint.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Sources listed ahead of the work.</summary>
    public int ReadAhead { get; set; } = 64;

    /// <summary>Sources of more bytes are large ones, which leave half of the places to small ones.</summary>
    public long LargeBytes { get; set; } = 1L << 30;

    /// <summary>How often each silo looks whether a run needs to be taken up.</summary>
    public TimeSpan KeepEvery { get; set; } = TimeSpan.FromSeconds(10);
}
