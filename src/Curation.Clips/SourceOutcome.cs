namespace Curation.Clips;

/// <summary>All that came of one source: the content of its fragment. Either clips, or a quarantine record.</summary>
public sealed record SourceOutcome
{
    /// <summary>Where the source lies.</summary>
    public required string SourceUri { get; init; }

    /// <summary>SHA-256 of its content; null where it could not be read.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>Name of the fragment: made from source content, measurement versions, clip bounds, policy and models.</summary>
    public required string FragmentName { get; init; }

    /// <summary>Seconds of media in the source.</summary>
    public double MediaSeconds { get; init; }

    /// <summary>Wall seconds the analysis pass took.</summary>
    public double AnalysisSeconds { get; init; }

    /// <summary>Full decodes of the source that were made.</summary>
    public int DecodePasses { get; init; }

    /// <summary>Its clips in order of time, whatever became of them.</summary>
    public IReadOnlyList<ClipRecord> Clips { get; init; } = [];

    /// <summary>Set where the source could not be processed; there are no clips then.</summary>
    public QuarantineRecord? Quarantine { get; init; }
}
