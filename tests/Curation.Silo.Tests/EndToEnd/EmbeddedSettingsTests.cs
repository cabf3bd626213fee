using Azure.Storage.Blobs;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A run in one process reads the same settings as a silo.</summary>
public sealed class EmbeddedSettingsTests
{
    [Fact]
    public async Task Run_in_one_process_reaches_blobs_as_it_is_configured()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        using var folder = new ScratchFolder();
        var stop = TestContext.Current.CancellationToken;
        var blobs = new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));
        var videos = (await blobs.CreateBlobContainerAsync("videos", cancellationToken: stop)).Value;
        var dataset = (await blobs.CreateBlobContainerAsync("dataset", cancellationToken: stop)).Value;
        MadeMedia.Moving(folder.File("a.mp4"), 1);
        await using (var content = File.OpenRead(folder.File("a.mp4"))) await videos.UploadBlobAsync("a.mp4", content, stop);

        var environment = new Dictionary<string, string>
        {
            ["AZURE_STORAGE_CONNECTION_STRING"] = "",
            [$"Curate__Blob__Accounts__{AzuriteServer.Account}__ConnectionString"] = azurite.ConnectionString,
        };
        await using var run = CurateProcess.Start(
            null, environment, "run", "--input", $"azblob://{AzuriteServer.Account}/videos", "--output", $"azblob://{AzuriteServer.Account}/dataset", "--policy", MadeMedia.WriteKeepAll(folder), "--json");
        var told = (await run.ExitAsync()).Ended(0);

        Assert.Equal(1, told.Json.GetProperty("sources").GetInt32());
        Assert.True(await dataset.GetBlobClient("dataset.json").ExistsAsync(stop));
        Assert.DoesNotContain(azurite.Key, told.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_setting_ends_a_run_in_one_process_before_it_starts()
    {
        using var folder = new ScratchFolder();
        MadeMedia.Moving(Path.Combine(folder.Folder("in"), "a.mp4"), 1);

        await using var run = CurateProcess.Start(
            null, new Dictionary<string, string> { ["Curate__Blob__Retries"] = "99" }, "run", "--input", folder.File("in"), "--output", folder.File("out"), "--policy", "demo");
        var refused = (await run.ExitAsync()).Ended(2);

        Assert.Contains("Curate:Blob:Retries", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was started", refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public async Task Help_of_a_run_names_the_settings_of_blobs() =>
        Assert.Contains("Curate__Blob__ConnectionString", (await CurateProcess.RunAsync("run", "--help")).Ended(0).Output, StringComparison.Ordinal);
}
