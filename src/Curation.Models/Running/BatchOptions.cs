namespace Curation.Models.Running;

/// <summary>How requests are gathered into batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Most requests in one batch.</summary>
    public int MaxSize { get; init; } = 8;

    /// <summary>Longest that the first request of a batch waits for others.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Most requests that wait; callers beyond wait for a place.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>Everything that is wrong with these values.</summary>
    /// <param name="name">What to call them.</param>
    /// <returns>Faults in words; empty where all is well.</returns>
    public IEnumerable<string> Faults(string name)
    {
        if (MaxSize is < 1 or > 4096) yield return $"{name}.MaxSize {MaxSize}: must be 1 to 4096.";
        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromMinutes(1)) yield return $"{name}.MaxDelay {MaxDelay}: must be 0 to 1 minute.";
        if (QueueLength < 1) yield return $"{name}.QueueLength {QueueLength}: must be at least 1.";
    }
}
