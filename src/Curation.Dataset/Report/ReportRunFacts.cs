namespace Curation.Dataset.Report;

/// <summary>What a run cost.</summary>
public sealed record ReportRunFacts
{
    /// <summary>Sources that were listed, those in quarantine and those without a clip included; null where it is not known.</summary>
    public long? Sources { get; init; }

    /// <summary>Seconds of media in the sources that could be read.</summary>
    public required double MediaSeconds { get; init; }

    /// <summary>Wall seconds of the whole run.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Wall seconds of the analysis passes, summed over the sources.</summary>
    public required double AnalysisSeconds { get; init; }

    /// <summary>Full decodes of sources.</summary>
    public required long DecodePasses { get; init; }
}
