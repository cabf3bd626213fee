using Curation.Clips.Deciding;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Orleans.TestingHost;

namespace Curation.Grains.Tests;

public sealed class RunGrainTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync() =>
        _cluster = await GrainCluster.StartAsync(1, silo => silo.AddMemoryGrainStorage(CurationGrains.StateStorage).AddPipeline(_pipeline));

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Run_takes_every_source_once_and_commits_once()
    {
        _pipeline.Sources = 40;

        var progress = await RunAsync(parallelism: 3);

        Assert.Equal(RunState.Done, progress.State);
        Assert.Equal(40, progress.Counts.Sources);
        Assert.Equal(80, progress.Counts.Retained);
        Assert.Equal(40, progress.TotalSources);
        Assert.Equal(400, progress.DoneBytes);
        Assert.Equal(40, _pipeline.Committed.Distinct().Count());
        Assert.Equal(1, _pipeline.Commits);
    }

    [Fact]
    public async Task Run_keeps_no_more_sources_in_flight_than_asked()
    {
        _pipeline.Sources = 30;

        await RunAsync(parallelism: 4);

        Assert.InRange(_pipeline.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task Source_that_cannot_be_processed_is_quarantined_and_the_run_goes_on()
    {
        _pipeline.Faults[2] = new SourceFailedException(new SourceFailure("probe", "no sound", false));

        var progress = await RunAsync();

        Assert.Equal(RunState.Done, progress.State);
        Assert.Equal(1, progress.Counts.Quarantined);
        Assert.Equal(5, progress.Counts.Sources);
        Assert.Equal("no sound", Assert.Single(_pipeline.Quarantined).Reason);
        Assert.Equal(1, _pipeline.Analyses["file:///2.mp4"]);
    }

    [Fact]
    public async Task Bug_in_one_source_is_quarantined_with_its_name_and_the_run_goes_on()
    {
        _pipeline.Faults[0] = new InvalidOperationException("impossible");

        var progress = await RunAsync();

        Assert.Equal(RunState.Done, progress.State);
        var failure = Assert.Single(_pipeline.Quarantined);
        Assert.Equal("run", failure.Stage);
        Assert.Contains("impossible", failure.Reason, StringComparison.Ordinal);
        Assert.True(failure.Retry);
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelled_run_stops_its_sources_and_commits_nothing()
    {
        _pipeline.Hold = new TaskCompletionSource();
        var run = await StartAsync(2);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (_pipeline.Analyses.Count < 2) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        await run.CancelAsync();
        var progress = await EndAsync(run);

        // Sources that heard of it let go; these are held for ever. Once they did not hear, and worked on for nobody.
        while (_pipeline.Released.Count < 2) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        Assert.Equal(RunState.Cancelled, progress.State);
        Assert.Equal(0, _pipeline.Commits);
        Assert.Empty(_pipeline.Quarantined);
    }

    [Fact]
    public async Task Starting_a_run_twice_does_its_work_once()
    {
        var run = await StartAsync(2);
        await run.StartAsync(Plan(2));

        await EndAsync(run);

        Assert.All(_pipeline.Analyses.Values, count => Assert.Equal(1, count));
        Assert.Equal(1, _pipeline.Commits);
    }

    private static RunPlan Plan(int parallelism) =>
        new("run", "in", "out", new Policy("test") { Sha256 = "0" }) { Parallelism = parallelism };

    private async Task<IRunGrain> StartAsync(int parallelism)
    {
        var run = _cluster.Client.GetGrain<IRunGrain>("run");
        await run.StartAsync(Plan(parallelism));
        return run;
    }

    private async Task<RunProgress> RunAsync(int parallelism = 2) => await EndAsync(await StartAsync(parallelism));

    private static async Task<RunProgress> EndAsync(IRunGrain run)
    {
        while (true)
        {
            var progress = await run.GetProgressAsync();
            if (progress.State is RunState.Done or RunState.Cancelled or RunState.Failed) return progress;
            await Task.Yield();
        }
    }
}
