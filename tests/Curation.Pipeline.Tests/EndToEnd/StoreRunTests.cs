using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Telemetry;
using Curation.Pipeline.Tests.Support;
using Curation.Tests;

namespace Curation.Pipeline.Tests.EndToEnd;

/// <summary>The whole way of clips where sources and data set are objects, against the same way on local folders.</summary>
public sealed class StoreRunTests(MadeVideos videos) : IClassFixture<MadeVideos>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_on_a_store_gives_the_rows_and_the_media_of_a_run_on_folders()
    {
        var (store, objects) = (new MemoryStore(), new FakeObjects());
        foreach (var file in videos.Files) objects.Put(Path.GetFileName(file), await File.ReadAllBytesAsync(file, Stop));
        await using var silo = new Silo(store, objects);
        var plan = Silo.Plan(FakeObjects.Root, MemoryStore.Root);

        var result = await silo.RunAsync(plan);

        Assert.Equal($"{MemoryStore.Root}/report.html", result.ReportPath);
        Assert.Equal(await LocalRowsAsync(), await RowsAsync(store));
        await AssertMediaAsync(store);
        Assert.All(["dataset.json", "report.html", "README.md"], path => Assert.True(store.Objects.ContainsKey(path), path));
        Assert.Equal(videos.Files.Count, objects.Downloads.Count);
        Assert.Empty(silo.ScratchFiles);

        // Nothing is fetched again, and nothing is asked but whether the clips are there.
        store.Objects.Remove("report.html", out _);
        var again = await silo.RunAsync(plan);
        Assert.False(again.Changed);
        Assert.Equal(videos.Files.Count, objects.Downloads.Count);
    }

    [Fact]
    public async Task Every_stage_has_a_span_inside_that_of_whoever_runs_it()
    {
        var (store, objects, spans) = (new MemoryStore(), new FakeObjects(), new ConcurrentQueue<Activity>());
        objects.Put(Path.GetFileName(videos.Files[0]), await File.ReadAllBytesAsync(videos.Files[0], Stop));
        await using var silo = new Silo(store, objects);
        using var mine = new ActivitySource("Curation.Pipeline.Tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is StageTraces.Name or "Curation.Pipeline.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using (var root = mine.StartActivity("run")!)
        {
            await silo.RunAsync(Silo.Plan(FakeObjects.Root, MemoryStore.Root));

            var stages = spans.Where(span => span.TraceId == root.TraceId).ToList();
            Assert.All(stages, span => Assert.Equal((root.SpanId, ActivityStatusCode.Ok), (span.ParentSpanId, span.Status)));
            Assert.Equal(
                [StageTraces.Analyse, StageTraces.Commit, StageTraces.Cut, StageTraces.Fetch, StageTraces.Models, StageTraces.Snapshot],
                stages.Select(span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
            Assert.All([StageTraces.Fetch, StageTraces.Analyse, StageTraces.Commit, StageTraces.Snapshot], stage => Assert.Single(stages, span => span.OperationName == stage));
            Assert.All(stages.Where(span => span.OperationName is StageTraces.Models or StageTraces.Cut), span => Assert.NotNull(span.GetTagItem("curation.clip")));
        }
    }

    [Fact]
    public async Task Clips_finished_on_another_silo_are_the_same()
    {
        var (store, objects) = (new MemoryStore(), new FakeObjects());
        foreach (var file in videos.Files) objects.Put(Path.GetFileName(file), await File.ReadAllBytesAsync(file, Stop));
        await using var here = new Silo(store, objects);
        await using var there = new Silo(store, objects);

        await here.RunAsync(Silo.Plan(FakeObjects.Root, MemoryStore.Root), there);

        Assert.Equal(await LocalRowsAsync(), await RowsAsync(store));
        Assert.Empty(here.ScratchFiles);
        Assert.Empty(there.ScratchFiles);
    }

    [Fact]
    public async Task Run_on_blobs_gives_the_rows_and_the_media_of_a_run_on_folders()
    {
        var server = await AzuriteServer.SharedAsync();
        var name = $"run{Guid.NewGuid():N}"[..20];
        var root = $"azblob://{AzuriteServer.Account}/{name}";
        await using var here = new Silo(blobs: new BlobOptions { ConnectionString = server.ConnectionString, CreateContainers = true });
        await using var there = new Silo(blobs: new BlobOptions { ConnectionString = server.ConnectionString });
        var input = here.Store($"{root}/videos");
        foreach (var file in videos.Files) await input.PutAsync($"some folder/{Path.GetFileName(file)}", await File.ReadAllBytesAsync(file, Stop), Stop);
        var plan = Silo.Plan($"{root}/videos", $"{root}/data");

        var result = await here.RunAsync(plan, there);

        var store = here.Store(plan.Output);
        Assert.Equal($"{root}/data/report.html", result.ReportPath);
        Assert.Equal(await LocalRowsAsync(), await RowsAsync(store));
        await AssertMediaAsync(store);
        Assert.False((await there.RunAsync(plan)).Changed);
        Assert.Empty(here.ScratchFiles);
        Assert.Empty(there.ScratchFiles);

        // What a list names is the same source as what a listing finds.
        var list = Path.Combine(videos.Folder, "list.txt");
        await File.WriteAllLinesAsync(list, videos.Files.Select(file => $"{root}/videos/some folder/{Path.GetFileName(file)}"), Stop);
        await foreach (var item in here.Pipeline.ListAsync(plan with { Input = list }, Stop)) Assert.True((await here.ProcessAsync(plan, item)).AlreadyDone);

        // The account's key is nowhere in the data set, except as chance would have it.
        await foreach (var entry in store.ListAsync("", Stop))
        {
            var content = (await store.ReadAsync(entry.Path, Stop))!.Content;
            Assert.True(content.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(server.Key)) < 0, entry.Path);
        }
    }

    [Fact]
    public async Task Blob_store_that_is_down_is_trouble_and_quarantines_nothing()
    {
        await using var server = await AzuriteServer.StartAsync();
        var root = $"azblob://{AzuriteServer.Account}/videos";
        await using var silo = new Silo(blobs: new BlobOptions { ConnectionString = server.ConnectionString, CreateContainers = true, Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(10) });
        await silo.Store(root).PutAsync("a.mp4", await File.ReadAllBytesAsync(videos.Files[0], Stop), Stop);
        using var output = new TemporaryFolder();
        var plan = Silo.Plan(root, output.Path);
        var item = await FirstAsync(silo, plan);

        await server.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => silo.ProcessAsync(plan, item));
        Assert.False(Directory.Exists(Path.Combine(output.Path, "_state", "sources")));
        Assert.Empty(silo.ScratchFiles);
    }

    private static async Task<SourceItem> FirstAsync(Silo silo, RunPlan plan)
    {
        await foreach (var item in silo.Pipeline.ListAsync(plan, Stop)) return item;
        throw new InvalidOperationException("no source");
    }

    private async Task<string> LocalRowsAsync()
    {
        using var output = new TemporaryFolder();
        await using var silo = new Silo();
        await silo.RunAsync(Silo.Plan(videos.Folder, output.Path));
        Assert.Empty(silo.ScratchFiles);
        return await RowsAsync(silo.Store(output.Path));
    }

    private static async Task<string> RowsAsync(IDatasetStore store)
    {
        var reader = new SnapshotReader(store);
        var rows = new List<ClipRecord>();
        await foreach (var row in reader.ReadClipsAsync(await reader.ReadManifestAsync(Stop), null, Stop)) rows.Add(row with { SourceUri = row.SourceUri.Split('/')[^1] });
        await foreach (var bad in reader.ReadQuarantineAsync(await reader.ReadManifestAsync(Stop), Stop)) Assert.Fail($"{bad.SourceUri}: {bad.Reason}");
        Assert.NotEmpty(rows);
        return JsonSerializer.Serialize(rows.OrderBy(row => row.Id.Value, StringComparer.Ordinal));
    }

    private static async Task AssertMediaAsync(IDatasetStore store)
    {
        var reader = new SnapshotReader(store);
        var retained = 0;
        await foreach (var row in reader.ReadClipsAsync(await reader.ReadManifestAsync(Stop), ClipOutcome.Retained, Stop))
        {
            var media = await store.ReadAsync(row.MediaPath!, Stop);
            Assert.Equal(row.MediaSha256, Convert.ToHexStringLower(SHA256.HashData(media!.Content.Span)));
            Assert.True(await store.ExistsAsync(row.PosterPath!, Stop));
            retained++;
        }

        Assert.True(retained >= 2, $"{retained} retained");
    }
}
