using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Runs;

/// <summary>A source that was looked up: either it is finished, or it is to be analysed.</summary>
/// <param name="Item">Where it lies.</param>
/// <param name="Sha256">Digest of its content.</param>
/// <param name="FragmentName">Under which its outcome stands or will be written.</param>
/// <param name="Finished">What an earlier run made of it; null where there is work to do.</param>
public sealed record SourceStart(SourceItem Item, string Sha256, string FragmentName, SourceSummary? Finished);
