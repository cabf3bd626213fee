namespace Curation.Dataset.Browsing;

/// <summary>A page of clips.</summary>
/// <param name="Clips">In the order that was asked for.</param>
/// <param name="Total">Clips on all pages together.</param>
/// <param name="Offset">Clips before this page.</param>
public sealed record ClipSearchPage(IReadOnlyList<ClipListing> Clips, long Total, long Offset);
