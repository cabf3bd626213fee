using Curation.Filters.Duplicates;

namespace Curation.Pipeline.Deduplicating;

/// <summary>Clips that share something with the best of them.</summary>
/// <param name="Kind">What they share with it.</param>
/// <param name="Best">The best one, which stays.</param>
/// <param name="Others">The others, the better ones first.</param>
/// <param name="Dropped">Whether the others go.</param>
public sealed record DedupGroup(DuplicateKind Kind, ComparedClip Best, IReadOnlyList<ComparedClip> Others, bool Dropped);
