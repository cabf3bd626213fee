using Curation.Pipeline.Sources;

namespace Curation.Grains;

/// <summary>A source and its place in the listing.</summary>
/// <param name="Position">From 0.</param>
/// <param name="Item">The source.</param>
internal sealed record ListedSource(long Position, SourceItem Item);
