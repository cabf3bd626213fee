namespace Curation.Grains;

/// <summary>A run as the index remembers it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Output">The data set it writes.</param>
/// <param name="Policy">Name of its policy.</param>
/// <param name="State">How far it was when the index was told.</param>
/// <param name="StartedUtc">When somebody started it.</param>
public sealed record RunEntry(string RunId, string Input, string Output, string Policy, RunState State, DateTimeOffset StartedUtc)
{
    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>Seconds that silos were at it; 0 until it ended.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Sources that are through; 0 until it ended.</summary>
    public int Sources { get; init; }

    /// <summary>Sources quarantined; 0 until it ended.</summary>
    public int Quarantined { get; init; }

    /// <summary>Clips retained; 0 until it ended.</summary>
    public int Retained { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }
}
