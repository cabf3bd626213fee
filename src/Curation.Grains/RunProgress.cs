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
/// <param name="Error">Why it failed; null unless it did.</param>
public sealed record RunProgress(
    RunState State,
    RunCounts Counts,
    int? TotalSources,
    long TotalBytes,
    double DoneBytes,
    IReadOnlyList<SourceInFlight> InFlight,
    RunResult? Result,
    string? Error);
