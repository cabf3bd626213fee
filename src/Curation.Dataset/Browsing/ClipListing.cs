using Curation.Clips;

namespace Curation.Dataset.Browsing;

/// <summary>One clip of a page: what a list of clips shows.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Split">Its kind of sound; null where it could not be told.</param>
/// <param name="SourceUri">Where it comes from.</param>
/// <param name="Span">Where it lies in its source.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Caption">The unified caption; null where there is none.</param>
/// <param name="RejectedBy">The first filter that turned it away; null unless rejected.</param>
/// <param name="Reason">Why it was rejected or held; null where it was retained.</param>
/// <param name="PosterPath">Its still in the data set; null where there is none.</param>
/// <param name="SortValue">The number that the page is sorted by; null where there is none.</param>
public sealed record ClipListing(
    ClipId Id, ClipOutcome Outcome, Split? Split, string SourceUri, ClipSpan Span, int Width, int Height, string? Caption, string? RejectedBy, string? Reason, string? PosterPath, double? SortValue);
