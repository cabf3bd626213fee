using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>What a run tells whoever follows it.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Counts">The sums over the sources that are through.</param>
/// <param name="TotalSources">Sources listed; null until the listing has ended.</param>
/// <param name="TotalBytes">Their bytes, as far as listed.</param>
/// <param name="DoneBytes">Bytes of the sources that are through, and the done share of those in flight.</param>
/// <param name="InFlight">Sources being worked on.</param>
/// <param name="Result">What stands in the data set; null until the run is done.</param>
/// <param name="Error">Why it failed or is paused; null unless it is.</param>
public sealed record RunProgress(
    RunState State,
    RunCounts Counts,
    int? TotalSources,
    long TotalBytes,
    double DoneBytes,
    IReadOnlyList<SourceInFlight> InFlight,
    RunResult? Result,
    string? Error)
{
    /// <summary>When somebody started it; null until then.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>Seconds that a silo was at it, summed over all that were.</summary>
    public double WallSeconds { get; init; }

    /// <summary>How often a silo took it up; 1 for a run that nothing interrupted.</summary>
    public int Attempts { get; init; }

    /// <summary>Silos that died with sources of this run in work, or with the run itself.</summary>
    public int Deaths { get; init; }
}
