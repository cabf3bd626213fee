using Curation.Clips;

namespace Curation.Dataset.Browsing;

/// <summary>A clip of the same source.</summary>
/// <param name="Id">The clip.</param>
/// <param name="Span">Where it lies in the source.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record ClipSibling(ClipId Id, ClipSpan Span, ClipOutcome Outcome);
