using System.Globalization;
using Azure.Storage.Blobs;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>
/// Three silos, Redis and a blob store; silos are killed at random and started again while they work. What comes out is what an undisturbed run makes.
/// The short form runs with the other tests; CURATION_CHAOS_SOURCES=60 and CURATION_CHAOS_KILLS=10 make the long one.
/// </summary>
public sealed class ChaosTests
{
    private const int Silos = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Run_on_silos_that_are_killed_at_random_equals_the_undisturbed_one()
    {
        var (sources, kills) = (Number("CURATION_CHAOS_SOURCES", 9), Number("CURATION_CHAOS_KILLS", 3));
        await using var redis = await RedisServer.StartAsync();
        await using var azurite = await AzuriteServer.StartAsync();
        using var folder = new ScratchFolder();
        var blobs = new BlobServiceClient(azurite.ConnectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));
        var environment = new Dictionary<string, string> { ["AZURE_STORAGE_CONNECTION_STRING"] = azurite.ConnectionString };
        await UploadSourcesAsync(blobs, folder, sources);
        foreach (var container in (string[])["calm", "chaos"]) await blobs.CreateBlobContainerAsync(container, cancellationToken: TestContext.Current.CancellationToken);

        await using (var calm = CurateProcess.Start(null, environment, Arguments(folder, "calm"))) (await calm.ExitAsync()).Ended(0);
        var killed = await DisturbAsync(folder, redis, environment, sources, kills);

        var (undisturbed, disturbed) = (await DownloadAsync(blobs, folder, "calm"), await DownloadAsync(blobs, folder, "chaos"));
        Assert.Equal(kills, killed);
        Assert.Equal(sources, undisturbed.Manifest.GetProperty("funnel").GetProperty("sources").GetInt32());
        disturbed.AssertSameRows(undisturbed);
        disturbed.AssertNothingLeftOver();
        Assert.Empty(Tool.Running("ffmpeg", folder.Path));
    }

    private static async Task<int> DisturbAsync(ScratchFolder folder, RedisServer redis, Dictionary<string, string> environment, int sources, int kills)
    {
        var random = new Random(7);
        var silos = Enumerable.Range(0, Silos).Select(_ => Start(folder, redis, environment)).ToArray();
        var killed = 0;
        try
        {
            foreach (var silo in silos) await silo.ReadyAsync();
            await using var run = CurateProcess.Start(null, environment, [.. Arguments(folder, "chaos"), "--cluster", $"redis://{redis.ConnectionString}", "--json"]);
            var started = TimeProvider.System.GetTimestamp();
            while (!run.HasExited)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"the run did not end within {Limit}: {run.Said}\n{string.Join('\n', silos.Select(silo => silo.Said))}");
                await Task.Delay(TimeSpan.FromSeconds(1 + (2 * random.NextDouble())), TestContext.Current.CancellationToken);
                if (killed == kills || run.HasExited || !run.Said.Contains("Submitted", StringComparison.Ordinal)) continue;

                var at = random.Next(Silos);
                silos[at].Kill();
                killed++;
                await silos[at].DisposeAsync();
                silos[at] = Start(folder, redis, environment);
            }

            var told = (await run.ExitAsync()).Ended(0);
            Assert.Equal(sources, told.Json.GetProperty("sources").GetInt32());
            return killed;
        }
        finally
        {
            foreach (var silo in silos) await silo.DisposeAsync();
        }
    }

    private static SiloProcess Start(ScratchFolder folder, RedisServer redis, Dictionary<string, string> environment) =>
        SiloProcess.Start(folder, redis, environment, "Curate:Silo:Sources=1");

    private static string[] Arguments(ScratchFolder folder, string container) =>
        ["run", "--input", $"azblob://{AzuriteServer.Account}/sources", "--output", $"azblob://{AzuriteServer.Account}/{container}", "--policy", MadeMedia.WriteKeepAll(folder)];

    private static async Task UploadSourcesAsync(BlobServiceClient blobs, ScratchFolder folder, int sources)
    {
        var container = (await blobs.CreateBlobContainerAsync("sources", cancellationToken: TestContext.Current.CancellationToken)).Value;
        for (var i = 0; i < sources; i++)
        {
            var path = folder.File(string.Create(CultureInfo.InvariantCulture, $"{i}.mp4"));
            MadeMedia.Moving(path, 3, i);
            await using var content = File.OpenRead(path);
            await container.UploadBlobAsync(string.Create(CultureInfo.InvariantCulture, $"day-{i % 3}/{i}.mp4"), content, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<WrittenDataset> DownloadAsync(BlobServiceClient blobs, ScratchFolder folder, string name)
    {
        var container = blobs.GetBlobContainerClient(name);
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            var path = folder.File(["read", name, .. blob.Name.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await container.GetBlobClient(blob.Name).DownloadToAsync(path, TestContext.Current.CancellationToken);
        }

        return new WrittenDataset(folder.File("read", name));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
