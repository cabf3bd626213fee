namespace Curation.Dataset.Storage.Blobs;

/// <summary>Tells blobs from what only stands for a folder: accounts with a hierarchical namespace, and some tools, keep empty blobs for folders.</summary>
internal static class BlobFolders
{
    private const string Mark = "hdi_isfolder";

    /// <summary>Whether a blob only stands for a folder.</summary>
    /// <param name="metadata">Its metadata; null where it has none.</param>
    /// <param name="sizeBytes">Its size.</param>
    public static bool IsMark(IEnumerable<KeyValuePair<string, string>>? metadata, long? sizeBytes) =>
        sizeBytes is 0 or null
        && metadata?.Any(entry => entry.Key.Equals(Mark, StringComparison.OrdinalIgnoreCase) && entry.Value.Equals("true", StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Whether a name is only that of a folder.</summary>
    /// <param name="name">A blob's whole name.</param>
    /// <param name="sizeBytes">Its size.</param>
    public static bool IsMark(string name, long? sizeBytes) => sizeBytes is 0 or null && name.EndsWith('/');
}
