using Curation.Dataset.Storage;

namespace Curation.Dataset;

/// <summary>Opens folders.</summary>
/// <param name="time">Clock of the store.</param>
internal sealed class LocalDatasetStoreProvider(TimeProvider time) : IDatasetStoreProvider
{
    /// <inheritdoc />
    public IDatasetStore? TryOpen(string address)
    {
        if (!address.Contains("://", StringComparison.Ordinal)) return new LocalDatasetStore(address, time);

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile ? new LocalDatasetStore(uri.LocalPath, time) : null;
    }
}
