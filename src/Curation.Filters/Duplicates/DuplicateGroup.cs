namespace Curation.Filters.Duplicates;

/// <summary>Clips that share something with the best of them.</summary>
/// <param name="Kind">What they share with it.</param>
/// <param name="Best">Index of the best one.</param>
/// <param name="Others">Indexes of the others, the better ones first.</param>
public sealed record DuplicateGroup(DuplicateKind Kind, int Best, IReadOnlyList<int> Others);
