namespace Curation.Dataset.Storage;

/// <summary>A small object as it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Its version, for <see cref="IDatasetStore.TryReplaceAsync"/>.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string ETag);
