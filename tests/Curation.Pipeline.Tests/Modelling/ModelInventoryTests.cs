using Curation.Pipeline.Modelling;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class ModelInventoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-models").FullName;

    [Fact]
    public async Task Empty_folder_has_no_models_and_no_faults()
    {
        var (models, faults) = await ModelInventory.TakeAsync(_folder, TestContext.Current.CancellationToken);

        Assert.Empty(models);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_a_fault()
    {
        var (_, faults) = await ModelInventory.TakeAsync(Path.Combine(_folder, "nowhere"), TestContext.Current.CancellationToken);

        Assert.Contains("is not a folder", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_are_listed_without_their_keys()
    {
        await WriteEndpointsAsync("""{"fuse": {"address": "https://example.com/v1", "model": "small", "key_env": "SOME_KEY"}}""");

        var (models, _) = await ModelInventory.TakeAsync(_folder, TestContext.Current.CancellationToken);

        var endpoint = Assert.Single(models);
        Assert.Equal(("fuse", "small", "endpoint"), (endpoint.Slot, endpoint.Name, endpoint.Version));
        Assert.DoesNotContain("SOME_KEY", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_endpoints_are_all_named_before_anything_starts()
    {
        await WriteEndpointsAsync("""{"fuse": {"address": "not an address"}, "caption.omny": {"address": "https://example.com/v1", "model": "m"}}""");

        var (models, faults) = await ModelInventory.TakeAsync(_folder, TestContext.Current.CancellationToken);

        Assert.Empty(models);
        Assert.Contains(faults, fault => fault.Contains("address", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("caption.omny", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task WriteEndpointsAsync(string json) => File.WriteAllTextAsync(Path.Combine(_folder, "endpoints.json"), json, TestContext.Current.CancellationToken);
}
