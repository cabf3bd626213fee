namespace Curation.Dataset.Fragments;

/// <summary>Says that a source is done, and what it looked like then: a rerun compares size and time and neither hashes nor decodes it.</summary>
public sealed record SourceStamp
{
    /// <summary>Where the source lies.</summary>
    public required string Uri { get; init; }

    /// <summary>Its size; null where it could not be told.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When it was last changed, in UTC ticks; null where it could not be told.</summary>
    public long? ModifiedTicks { get; init; }

    /// <summary>The version that its object store gave it; null for files.</summary>
    public string? ETag { get; init; }

    /// <summary>SHA-256 of its content; null where it could not be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Its fragment.</summary>
    public required string FragmentName { get; init; }

    /// <summary>What the fragment adds up to.</summary>
    public required FragmentSummary Summary { get; init; }
}
