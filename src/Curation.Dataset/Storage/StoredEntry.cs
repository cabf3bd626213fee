namespace Curation.Dataset.Storage;

/// <summary>One object of a listing.</summary>
/// <param name="Path">Its path, relative to the data set, with forward slashes.</param>
/// <param name="SizeBytes">Its size.</param>
public readonly record struct StoredEntry(string Path, long SizeBytes);
