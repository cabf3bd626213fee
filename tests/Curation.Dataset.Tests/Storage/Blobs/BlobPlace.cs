using Azure.Storage.Blobs;
using Curation.Dataset.Storage.Blobs;
using Curation.Tests;

namespace Curation.Dataset.Tests.Storage.Blobs;

/// <summary>A container of its own for a test, in the Azurite that the tests share.</summary>
internal sealed class BlobPlace
{
    private BlobPlace(AzuriteServer server, BlobContainerClient container)
    {
        Server = server;
        Container = container;
    }

    public AzuriteServer Server { get; }

    /// <summary>The container through the package, to set things up and to look behind the store.</summary>
    public BlobContainerClient Container { get; }

    /// <summary>Short waits, so that a test of faults takes no time.</summary>
    public static BlobOptions Options { get; } = new()
    {
        Retries = 4,
        RetryDelay = TimeSpan.FromMilliseconds(20),
        MaxRetryDelay = TimeSpan.FromMilliseconds(100),
        NetworkTimeout = TimeSpan.FromSeconds(20),
    };

    public static async Task<BlobPlace> MakeAsync()
    {
        var server = await AzuriteServer.SharedAsync();
        var container = new BlobContainerClient(server.ConnectionString, $"t{Guid.NewGuid():N}");
        await container.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return new BlobPlace(server, container);
    }

    /// <summary>The address of a blob or folder in the container.</summary>
    public BlobAddress At(string name) => BlobAddress.Parse($"azblob://{AzuriteServer.Account}/{Container.Name}").At(name);

    /// <summary>Accounts that reach the server directly, or through a proxy.</summary>
    public BlobAccounts Accounts(int? port = null, BlobOptions? options = null) =>
        new((options ?? Options) with { ConnectionString = Server.ConnectionStringAt(port ?? Server.Port) }, _ => null);

    public BlobDatasetStore Store(string name = "data/set", int? port = null, BlobOptions? options = null) => new(At(name), Accounts(port, options));

    public BlobObjectSource Source(int? port = null, BlobOptions? options = null) => new(Accounts(port, options));
}
