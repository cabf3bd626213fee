using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Storage.Blobs;

public sealed class BlobDatasetStoreTests : DatasetStoreContract
{
    private BlobPlace? _place;

    protected override async Task<IDatasetStore> OpenAsync() => (_place ??= await BlobPlace.MakeAsync()).Store();
}
