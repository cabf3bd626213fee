using Curation.Dashboard.Cluster;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Hosting;
using Curation.Dashboard.Tests.EndToEnd;
using Curation.Dataset.Snapshots;
using Curation.Grains;
using Curation.Grains.Placement;
using Curation.Grains.Schedules;
using Curation.Pipeline;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orleans.Runtime.MembershipService.SiloMetadata;

[assembly: AssemblyFixture(typeof(DashboardStage))]

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>What all tests in a browser share: one data set, made once by a run of the product, the dashboard over it, and one browser. Nothing is made before a test asks.</summary>
public sealed class DashboardStage : IAsyncDisposable
{
    /// <summary>The run that makes the data set.</summary>
    internal const string RunId = "samples";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("curation-dashboard-");
    private readonly Lazy<Task<Set>> _set;
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public DashboardStage()
    {
        _set = new Lazy<Task<Set>>(MakeAsync);
        _browser = new Lazy<Task<IBrowser>>(LaunchAsync);
    }

    /// <summary>Where a test may write what the server reads.</summary>
    internal string Folder => _folder.FullName;

    /// <summary>The films.</summary>
    internal string Films => Path.Combine(Folder, "films");

    /// <summary>The data set that tests only read.</summary>
    internal string Dataset => Path.Combine(Folder, "samples");

    /// <summary>Its key in addresses.</summary>
    internal string Key => KnownDataset.Of(Dataset).Key;

    /// <summary>A copy for the test of labels.</summary>
    internal string Labelled => Path.Combine(Folder, "labelled");

    /// <summary>A copy for the test that judges again.</summary>
    internal string Rejudged => Path.Combine(Folder, "rejudged");

    /// <summary>Does something on a page, and fails where the page did what none may.</summary>
    /// <param name="view">How somebody looks at it.</param>
    /// <param name="act">What is done.</param>
    /// <param name="url">Another dashboard than the shared one.</param>
    internal async Task LookAsync(View view, Func<WatchedPage, Task> act, Uri? url = null)
    {
        Chromium.Require();
        var set = await _set.Value;
        await using var page = await WatchedPage.OpenAsync(await _browser.Value, url ?? set.Server.Url, view);
        try
        {
            await act(page);
        }
        finally
        {
            foreach (var fault in page.Faults) TestContext.Current.TestOutputHelper?.WriteLine(fault);
        }

        Assert.Empty(page.Faults);
        Assert.Empty(set.Server.Errors);
    }

    /// <summary>The current snapshot of the data set.</summary>
    internal async Task<SnapshotReader> ReaderAsync(string? folder = null)
    {
        var set = await _set.Value;
        return new SnapshotReader(set.Server.Services.GetRequiredService<DatasetStores>().Of(folder ?? Dataset));
    }

    /// <summary>Holds sources of runs.</summary>
    internal async Task<HeldPipeline> PipelineAsync() => (await _set.Value).Pipeline;

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully) await (await _browser.Value).DisposeAsync();
        _playwright?.Dispose();
        if (_set.IsValueCreated && _set.Value.IsCompletedSuccessfully) await (await _set.Value).Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        return await Chromium.LaunchAsync(_playwright);
    }

    private async Task<Set> MakeAsync()
    {
        await SampleFilms.MakeAsync(Films);
        var server = await DashboardServer.StartAsync(Path.Combine(Folder, "server"), new DashboardOptions { Datasets = [Dataset, Labelled, Rejudged], HasCluster = true }, AddCluster);
        await RunAsync(server.Services.GetRequiredService<IGrainFactory>());
        foreach (var copy in new[] { Labelled, Rejudged }) Copy(Dataset, copy);
        return new Set(server, (HeldPipeline)server.Services.GetRequiredService<ICuratePipeline>());
    }

    private static void AddCluster(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ICuratePipeline>(services => new HeldPipeline(ActivatorUtilities.CreateInstance<CuratePipeline>(services)));
        builder.Services.AddSingleton<IClusterSubmission, PlainSubmission>();
        DashboardServer.AddSilo(builder, silo =>
        {
            silo.UseInMemoryReminderService();
            silo.UseSiloMetadata(SiloRoles.ToMetadata(SiloRoles.All));
            silo.Services.AddDurableRuns(Environment.ProcessorCount).AddSourceDrain().AddSchedules();
        });
    }

    private async Task RunAsync(IGrainFactory grains)
    {
        var run = grains.GetGrain<IRunGrain>(RunId);
        await run.StartAsync(new RunPlan(RunId, Films, Dataset, PolicyFile.Load("demo")) { Parallelism = Environment.ProcessorCount });
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        RunProgress progress;
        while (!(progress = await run.GetProgressAsync()).State.IsEnded()) await timer.WaitForNextTickAsync();

        Assert.True(progress.State == RunState.Done, $"the data set could not be made: {progress}");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private sealed record Set(DashboardServer Server, HeldPipeline Pipeline);
}
