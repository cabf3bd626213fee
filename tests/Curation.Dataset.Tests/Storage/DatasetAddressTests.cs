using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dataset.Tests.Storage;

public sealed class DatasetAddressTests
{
    [Theory]
    [InlineData("/data/out/", "/data/out")]
    [InlineData("/data/./in/../out", "/data/out")]
    [InlineData("/data//out//", "/data/out")]
    [InlineData("file:///data/out%20a/", "/data/out a")]
    [InlineData("/", "/")]
    [InlineData("azblob://account1/videos/out/", "azblob://account1/videos/out")]
    [InlineData("AzBlob://account1/videos/out", "azblob://account1/videos/out")]
    [InlineData("azblob://account1/videos/o%75t", "azblob://account1/videos/out")]
    [InlineData("azblob://account1/videos/", "azblob://account1/videos")]
    [InlineData("s3://bucket/out/", "s3://bucket/out")]
    [InlineData("azblob://NOT VALID/x/", "azblob://NOT VALID/x")]
    public void Spellings_of_one_place_become_one(string address, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && expected[0] == '/', "paths of Unix");

        Assert.Equal(expected, DatasetAddress.Normalise(address));
        Assert.Equal(expected, DatasetAddress.Normalise(expected));
    }

    [Fact]
    public void Upper_and_lower_case_of_a_path_are_two_places() => Assert.NotEqual(DatasetAddress.Normalise("/data/Out"), DatasetAddress.Normalise("/data/out"));

    [Fact]
    public async Task Opened_store_spells_its_address_the_same_way()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddSingleton(new BlobOptions { Accounts = new Dictionary<string, BlobAccountOptions> { ["account1"] = new() { AccountKey = "a2V5" } } })
            .AddCurationDataset().BuildServiceProvider();
        var opener = services.GetRequiredService<DatasetOpener>();

        foreach (var address in (string[])[folder.Path + "/", folder.Path + "/a/../", "azblob://account1/videos/out/"])
        {
            Assert.Equal(DatasetAddress.Normalise(address), opener.Open(address).Store.Address);
        }
    }
}
