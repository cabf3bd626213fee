using Curation.Dataset.Storage.Blobs;

namespace Curation.Dataset.Storage;

/// <summary>The one spelling of the place of a data set. What must be one per data set, such as a lock or a grain's key, is named by it.</summary>
public static class DatasetAddress
{
    private const string SchemeEnd = "://";

    /// <summary>Spells an address as its store does: a full path without <c>.</c>, <c>..</c> and a separator at the end; of blobs the scheme in small letters and names encoded one way. Links of the file system are not followed.</summary>
    /// <param name="address">What a user wrote, a plan or a schedule holds.</param>
    /// <returns>The spelling; the address without its last slash where its kind is not known here, or it is not well formed.</returns>
    public static string Normalise(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (!address.Contains(SchemeEnd, StringComparison.Ordinal)) return OfFolder(address);
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile) return OfFolder(uri.LocalPath);

        return BlobAddress.IsMeant(address) && BlobAddress.TryParse(address, out var blob, out _) ? blob.ToString() : address.TrimEnd('/');
    }

    internal static string OfFolder(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
