namespace Curation.Grains;

/// <summary>What the index of runs keeps.</summary>
public sealed record RunIndexRecord
{
    /// <summary>Runs that have not ended, in the order in which they began.</summary>
    public IReadOnlyList<RunEntry> Active { get; init; } = [];

    /// <summary>Runs that have, the latest first.</summary>
    public IReadOnlyList<RunEntry> Ended { get; init; } = [];
}
