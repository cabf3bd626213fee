using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;

namespace Curation.Dataset;

/// <summary>Opens prefixes of blob containers: <c>azblob://ACCOUNT/CONTAINER/PREFIX</c>.</summary>
/// <param name="accounts">How accounts are reached.</param>
/// <param name="time">Clock of the store.</param>
internal sealed class BlobDatasetStoreProvider(BlobAccounts accounts, TimeProvider time) : IDatasetStoreProvider
{
    /// <inheritdoc />
    public IDatasetStore? TryOpen(string address) =>
        BlobAddress.IsMeant(address) ? new BlobDatasetStore(BlobAddress.Parse(address), accounts, time) : null;
}
