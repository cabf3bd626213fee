namespace Curation.Dataset.Snapshots;

/// <summary>How many came in and what became of them. Clips = retained + held + rejected.</summary>
public sealed record ManifestFunnel
{
    /// <summary>Sources, the quarantined and the duplicates included.</summary>
    public int Sources { get; init; }

    /// <summary>Sources that could not be processed.</summary>
    public int Quarantined { get; init; }

    /// <summary>Sources with the content of another source; their clips count once.</summary>
    public int Duplicates { get; init; }

    /// <summary>Clips of all other sources.</summary>
    public long Clips { get; init; }

    /// <summary>Clips in <c>triplets</c>.</summary>
    public long Retained { get; init; }

    /// <summary>Clips in <c>held</c>.</summary>
    public long Held { get; init; }

    /// <summary>Clips in <c>rejected</c>.</summary>
    public long Rejected { get; init; }

    /// <summary>Rejected clips by the first filter that turned them away.</summary>
    public IReadOnlyDictionary<string, long> ByFilter { get; init; } = new Dictionary<string, long>();

    /// <summary>Retained clips by split.</summary>
    public IReadOnlyDictionary<string, long> BySplit { get; init; } = new Dictionary<string, long>();

    /// <summary>Clips whose measurement could not be made, by measurement.</summary>
    public IReadOnlyDictionary<string, long> Unmeasured { get; init; } = new Dictionary<string, long>();
}
