using Curation.Clips;

namespace Curation.Dataset.Browsing;

/// <summary>Where one clip stands among those of a search.</summary>
/// <param name="Previous">The clip before; null for the first.</param>
/// <param name="Next">The clip after; null for the last.</param>
/// <param name="Position">From 1; null where the clip is not among them.</param>
/// <param name="Total">Clips that the search finds.</param>
public sealed record ClipNeighbours(ClipId? Previous, ClipId? Next, long? Position, long Total);
