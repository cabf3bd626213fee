using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>A source that could not be processed, as a run lists it.</summary>
/// <param name="Uri">Where it lies.</param>
/// <param name="Failure">Where and why.</param>
public sealed record QuarantinedSource(string Uri, SourceFailure Failure);
