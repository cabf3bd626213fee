using System.Text.Json;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset;
using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline.Tests.Support;

/// <summary>The pipeline of one silo with its own scratch folder, and a stand-in for the grains that call it.</summary>
internal sealed class Silo : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-silo-").FullName;
    private readonly ServiceProvider _services;

    public Silo(MemoryStore? store = null, FakeObjects? objects = null, BlobOptions? blobs = null)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddSingleton(new ScratchOptions { Folder = Path.Combine(_folder, "scratch") });
        if (store is not null) services.AddSingleton<IDatasetStoreProvider>(store);
        if (objects is not null) services.AddSingleton<IObjectSource>(objects);
        if (blobs is not null) services.AddSingleton(blobs);
        _services = services.AddCurationPipeline().BuildServiceProvider();
        Pipeline = _services.GetRequiredService<ICuratePipeline>();
    }

    public ICuratePipeline Pipeline { get; }

    public string ScratchFolder => Path.Combine(_folder, "scratch");

    /// <summary>Files in scratch now, without the lock.</summary>
    public string[] ScratchFiles => Directory.Exists(ScratchFolder) ? [.. Directory.GetFiles(ScratchFolder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))] : [];

    public static RunPlan Plan(string input, string output) => new("run-1", input, output, new Policy("everything") { Sha256 = new string('a', 64), ClipMin = TimeSpan.FromSeconds(1) });

    public IDatasetStore Store(string address) => _services.GetRequiredService<DatasetOpener>().Open(address).Store;

    /// <summary>Takes every source to its end, its clips on another silo where one is given, and commits.</summary>
    public async Task<RunResult> RunAsync(RunPlan plan, Silo? clips = null)
    {
        var counts = new RunCounts();
        await foreach (var item in Pipeline.ListAsync(plan, TestContext.Current.CancellationToken)) counts = counts.Add(await ProcessAsync(plan, item, clips));
        return await Pipeline.CommitAsync(plan, new RunFacts(counts, 1), TestContext.Current.CancellationToken);
    }

    /// <summary>What the source's grain does.</summary>
    public async Task<SourceSummary> ProcessAsync(RunPlan plan, SourceItem item, Silo? clips = null)
    {
        var stop = TestContext.Current.CancellationToken;
        SourceStart? start = null;
        try
        {
            start = await Pipeline.BeginAsync(plan, Travelled(item), stop);
            if (start.Finished is { } finished) return finished;

            var source = await Pipeline.AnalyseAsync(plan, start, new Progress<double>(), stop);
            var rows = new List<ClipRecord>();
            foreach (var clip in source.Clips)
            {
                var result = await (clips ?? this).Pipeline.FinishClipAsync(plan, Travelled(source with { Clips = [] }), Travelled(clip), stop);
                rows.Add(result.Clip ?? throw new SourceFailedException(result.Failure!));
            }

            return await Pipeline.CompleteAsync(plan, source, rows, stop);
        }
        catch (SourceFailedException failed)
        {
            return await Pipeline.QuarantineAsync(plan, start?.Item ?? item, failed.Failure, stop);
        }
        finally
        {
            if (start is not null) await Pipeline.ReleaseAsync(plan, start);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Between silos everything is JSON; a path of this one would be in it.
    private T Travelled<T>(T value)
    {
        var json = JsonSerializer.Serialize(value);
        Assert.DoesNotContain(ScratchFolder, json, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<T>(json)!;
    }
}
