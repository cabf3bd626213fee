namespace Curation.Models.Catalogue;

/// <summary>Bounds of a pull.</summary>
public sealed record PullOptions
{
    /// <summary>Most bytes of one file.</summary>
    public long MaxBytes { get; init; } = 16L << 30;

    /// <summary>Tries after the first, each going on where the last one stopped.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Wait before the second try; it doubles, with jitter. A server's Retry-After comes first.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest Retry-After that is waited for; a longer one ends the pull.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest silence of a server.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
