namespace Curation.Pipeline.Runs;

/// <summary>What the report says of the run itself.</summary>
/// <param name="Counts">The sums over its sources.</param>
/// <param name="WallSeconds">Wall seconds so far.</param>
public sealed record RunFacts(RunCounts Counts, double WallSeconds);
