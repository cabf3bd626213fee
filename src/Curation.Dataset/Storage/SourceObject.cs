namespace Curation.Dataset.Storage;

/// <summary>An object that may be a source.</summary>
/// <param name="Uri">Its address, with every unusual character percent-encoded; the other members of <see cref="IObjectSource"/> take it.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ModifiedUtc">When it was last written; null where the store does not say.</param>
/// <param name="ETag">Its version.</param>
public sealed record SourceObject(string Uri, long SizeBytes, DateTimeOffset? ModifiedUtc, string ETag);
