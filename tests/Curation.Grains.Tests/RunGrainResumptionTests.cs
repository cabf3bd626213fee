namespace Curation.Grains.Tests;

/// <summary>Runs that outlive every silo, as on one machine that is switched off.</summary>
public sealed class RunGrainResumptionTests
{
    private readonly FakePipeline _pipeline = new() { Sources = 100 };
    private readonly SharedGrainStorage _storage = new();

    [Fact]
    public async Task Run_goes_on_from_its_checkpoint_when_the_cluster_comes_back()
    {
        var before = await StopHalfwayAsync();
        _pipeline.OnAnalyse = null;
        await using var again = await RunCluster.StartAsync(_pipeline, _storage, silos: 1);

        var progress = await again.EndAsync();

        Assert.Equal(RunState.Done, progress.State);
        Assert.Equal(100, progress.Counts.Sources);
        Assert.Equal(100, _pipeline.Committed.Distinct().Count());
        Assert.True(progress.Attempts >= 2);
        Assert.True(progress.WallSeconds > before.WallSeconds);

        // What was through is not looked at again; only what was in flight is.
        Assert.True(_pipeline.Analyses.Values.Sum() <= 100 + (2 * before.InFlight.Count));
    }

    [Fact]
    public async Task Run_begins_anew_when_its_listing_has_changed()
    {
        await StopHalfwayAsync();
        _pipeline.OnAnalyse = null;
        _pipeline.UriOf = index => index == 0 ? "file:///before-all-others.mp4" : $"file:///{index - 1}.mp4";
        await using var again = await RunCluster.StartAsync(_pipeline, _storage, silos: 1);

        var progress = await again.EndAsync();

        Assert.Equal(100, progress.Counts.Sources);
        Assert.Contains("file:///before-all-others.mp4", _pipeline.Committed);
    }

    [Fact]
    public async Task Run_that_no_silo_has_can_be_cancelled()
    {
        await StopHalfwayAsync();
        await using var again = await RunCluster.StartAsync(_pipeline, _storage, silos: 1, keepers: false);

        await again.Run().CancelAsync();
        var progress = await again.EndAsync();

        Assert.Equal(RunState.Cancelled, progress.State);
        Assert.Equal(0, _pipeline.Commits);
    }

    [Fact]
    public async Task Ended_run_stays_ended_and_is_not_started_again()
    {
        _pipeline.Sources = 3;
        await using (var first = await RunCluster.StartAsync(_pipeline, _storage, silos: 1))
        {
            await first.StartRunAsync();
            await first.EndAsync();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while ((await first.Index.GetActiveAsync()).Count > 0) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await using var again = await RunCluster.StartAsync(_pipeline, _storage, silos: 1);
        await again.StartRunAsync();
        var progress = await again.EndAsync();

        Assert.Equal(RunState.Done, progress.State);
        Assert.Equal(3, progress.Counts.Sources);
        Assert.Equal("snapshot", progress.Result?.SnapshotId);
        Assert.Equal(1, _pipeline.Commits);
    }

    private async Task<RunProgress> StopHalfwayAsync()
    {
        var held = new TaskCompletionSource();
        _pipeline.OnAnalyse = (_, uri) => uri is "file:///40.mp4" or "file:///41.mp4" ? held.Task : Task.CompletedTask;
        RunProgress before;
        await using (var first = await RunCluster.StartAsync(_pipeline, _storage, silos: 1))
        {
            await first.StartRunAsync();
            before = await first.UntilAsync(progress => progress.InFlight.Count == 2 && progress.Counts.Sources == 40);
            var writes = _storage.Writes;
            await first.UntilAsync(_ => _storage.Writes > writes + 1);
            await first.Silos.KillSiloAsync(first.Silos.Silos[0]);
        }

        return before;
    }
}
