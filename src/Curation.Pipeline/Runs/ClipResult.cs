using Curation.Clips;

namespace Curation.Pipeline.Runs;

/// <summary>A finished clip, or why its source fails.</summary>
/// <param name="Clip">The row; null on failure.</param>
/// <param name="Failure">Null on success.</param>
public sealed record ClipResult(ClipRecord? Clip, SourceFailure? Failure);
