namespace Curation.Pipeline.Planning;

/// <summary>How the sample differs from an earlier snapshot.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Snapshot">Its snapshot.</param>
/// <param name="Measurements">Every measurement that both have, in the order of columns.</param>
/// <param name="RetainedShare">Share of clips that the snapshot retained; null where it has no clips, or was judged by another policy.</param>
/// <param name="Notes">What could not be compared, and why.</param>
public sealed record DriftReport(string Dataset, string Snapshot, IReadOnlyList<MeasurementDrift> Measurements, double? RetainedShare, IReadOnlyList<string> Notes);
