using Curation.Dataset.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dataset.Tests;

public sealed class DatasetServicesTests
{
    [Fact]
    public async Task Registered_opener_opens_folders_and_file_addresses()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection().AddCurationDataset().BuildServiceProvider();
        var opener = services.GetRequiredService<DatasetOpener>();

        Assert.Equal(folder.Path, opener.Open(folder.Path).Store.Address);
        Assert.Equal(folder.Path, opener.Open(new Uri(folder.Path).AbsoluteUri).Store.Address);
    }

    [Fact]
    public async Task Address_that_no_provider_knows_is_refused_with_the_address()
    {
        await using var services = new ServiceCollection().AddCurationDataset().BuildServiceProvider();

        var error = Assert.Throws<ArgumentException>(() => services.GetRequiredService<DatasetOpener>().Open("s3://bucket/x"));

        Assert.Contains("s3://bucket/x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_provider_adds_a_kind_of_address()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection().AddSingleton<IDatasetStoreProvider>(new OddProvider(folder.Path)).AddCurationDataset().BuildServiceProvider();

        Assert.Equal(folder.Path, services.GetRequiredService<DatasetOpener>().Open("odd://x").Store.Address);
    }

    private sealed class OddProvider(string root) : IDatasetStoreProvider
    {
        public IDatasetStore? TryOpen(string address) => address.StartsWith("odd://", StringComparison.Ordinal) ? new LocalDatasetStore(root) : null;
    }
}
