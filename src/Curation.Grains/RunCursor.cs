namespace Curation.Grains;

/// <summary>
/// How far a run is in its listing: everything before <see cref="Next"/> is through but for the open ones.
/// So its size follows the sources in flight, not those of the run, and no source is counted twice.
/// </summary>
public sealed record RunCursor
{
    /// <summary>Sources read from the listing.</summary>
    public long Next { get; init; }

    /// <summary>Address of the last of them; null where none was read.</summary>
    public string? LastUri { get; init; }

    /// <summary>Those of them that are not through, in the listing's order.</summary>
    public IReadOnlyList<OpenSource> Open { get; init; } = [];

    /// <summary>Sources of the listing before it changed that silos died under, as far as the new one has not come to them.</summary>
    public IReadOnlyList<OpenSource> Remembered { get; init; } = [];

    /// <summary>Leading sources of the listing that are all through.</summary>
    public long Leading => Open.Count > 0 ? Open[0].Position : Next;
}
