namespace Curation.Dataset.Browsing;

/// <summary>Where the values of a column lie.</summary>
/// <param name="Clips">Clips with a value.</param>
/// <param name="Minimum">The smallest; null where no clip has one.</param>
/// <param name="Maximum">The largest; null where no clip has one.</param>
public sealed record ColumnExtent(long Clips, double? Minimum, double? Maximum);
