namespace Curation.Dataset.Storage;

/// <summary>One object of a listing.</summary>
/// <param name="Path">Its path, relative to the data set, with forward slashes.</param>
/// <param name="SizeBytes">Its size.</param>
public readonly record struct StoredEntry(string Path, long SizeBytes)
{
    /// <summary>When it was written, by the store's clock; null where the store does not tell. A folder's clock is that of its file system, which need not be this machine's.</summary>
    public DateTimeOffset? ModifiedUtc { get; init; }
}
