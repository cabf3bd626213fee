using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>A part of the input and the sources that are drawn from it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sources">Sources in it, without those that cannot be opened.</param>
/// <param name="Bytes">Their bytes, as far as the listing tells.</param>
/// <param name="Sampled">Those that are drawn.</param>
public sealed record Stratum(string Name, long Sources, long Bytes, IReadOnlyList<SourceItem> Sampled);
