namespace Curation.Dataset.Browsing;

/// <summary>Clips whose value of a column lies in a closed range. A clip without a value does not.</summary>
/// <param name="Column">A measurement, or one of <see cref="ClipSearch.SpanColumns"/>.</param>
/// <param name="Minimum">Smallest value; null for no bound.</param>
/// <param name="Maximum">Largest value; null for no bound.</param>
public sealed record MeasurementRange(string Column, double? Minimum, double? Maximum);
