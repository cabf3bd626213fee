namespace Curation.Grains;

/// <summary>A source being worked on.</summary>
/// <param name="Uri">Where it lies.</param>
/// <param name="Share">Share of the analysis done, 0..1.</param>
/// <param name="Stage"><c>analyse</c> or <c>finish</c>.</param>
public sealed record SourceInFlight(string Uri, double Share, string Stage);
