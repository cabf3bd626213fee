using Curation.Pipeline;

namespace Curation.Grains.Tests;

/// <summary>Runs on several silos, which die.</summary>
public sealed class RunGrainDurabilityTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = new();
    private readonly SharedGrainStorage _storage = new();
    private RunCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await RunCluster.StartAsync(_pipeline, _storage);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Run_without_a_number_of_its_own_fills_every_silo()
    {
        _pipeline.Sources = 30;
        _pipeline.Hold = new TaskCompletionSource();

        await _cluster.StartRunAsync();
        await _cluster.UntilAsync(_ => _pipeline.BySilo.Values.Sum() == 6);

        Assert.Equal([2, 2, 2], _pipeline.BySilo.Values);
        _pipeline.Hold.SetResult();
        Assert.Equal(30, (await _cluster.EndAsync()).Counts.Sources);
        Assert.InRange(_pipeline.MostAtOnce, 1, 6);
    }

    [Fact]
    public async Task Killed_silo_loses_no_source_and_none_is_counted_twice()
    {
        _pipeline.Sources = 60;
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync();
        await _cluster.UntilAsync(progress => progress.InFlight.Count == 6 && _pipeline.BySilo.Count == 3);

        var run = await _cluster.SiloOfRunAsync();
        await _cluster.KillAsync(_cluster.Silos.GetActiveSilos().First(silo => silo != run).SiloAddress);
        _pipeline.Hold.SetResult();

        var progress = await _cluster.EndAsync();
        AssertAllThrough(progress, 60);
        Assert.Equal(1, progress.Attempts);
        Assert.Equal(1, progress.Deaths);
    }

    [Fact]
    public async Task Run_whose_own_silo_is_killed_goes_on_elsewhere()
    {
        _pipeline.Sources = 60;
        await _cluster.StartRunAsync(parallelism: 4);
        await _cluster.UntilAsync(progress => progress.Counts.Sources > 5);

        await _cluster.KillAsync((await _cluster.SiloOfRunAsync()).SiloAddress);

        AssertAllThrough(await _cluster.EndAsync(), 60);
    }

    [Fact]
    public async Task Silo_that_stops_in_good_order_hands_its_run_over()
    {
        _pipeline.Sources = 40;
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync(parallelism: 2);
        await _cluster.UntilAsync(progress => progress.InFlight.Count == 2);

        var stopping = _cluster.StopAsync(await _cluster.SiloOfRunAsync());
        _pipeline.Hold.SetResult();
        await stopping;

        var progress = await _cluster.EndAsync();
        AssertAllThrough(progress, 40);
        Assert.Equal(2, progress.Attempts);
    }

    [Fact]
    public async Task Source_that_kills_every_silo_it_meets_is_found_out_and_the_others_are_done()
    {
        _pipeline.Sources = 30;
        var killed = 0;
        _pipeline.OnAnalyse = async (silo, uri) =>
        {
            if (uri != "file:///7.mp4") return;

            if (await _cluster.KillAsync(silo))
            {
                Interlocked.Increment(ref killed);
                await _cluster.Silos.StartAdditionalSiloAsync();
            }

            await new TaskCompletionSource().Task;
        };

        await _cluster.StartRunAsync();
        var progress = await _cluster.EndAsync();

        Assert.Equal(RunState.Done, progress.State);
        Assert.Equal(30, progress.Counts.Sources);
        Assert.Equal(1, progress.Counts.Quarantined);
        var poison = Assert.Single(await _cluster.Run().GetQuarantinedAsync());
        Assert.Equal("file:///7.mp4", poison.Uri);
        Assert.Contains("silos died", poison.Failure.Reason, StringComparison.Ordinal);

        // Three in company make it a suspect, three more alone convict it. A death that takes the run's own silo before the attempt was
        // written down counts for nothing, which on a busy machine happens more than once.
        Assert.InRange(killed, 3, 12);
    }

    [Fact]
    public async Task Store_that_does_not_answer_pauses_the_run_until_it_does()
    {
        _pipeline.Sources = 20;
        _pipeline.StoreFault = new StoreUnavailableException("No space left on device");
        await _cluster.StartRunAsync();

        var paused = await _cluster.UntilAsync(progress => progress.State == RunState.Paused);
        Assert.Contains("No space left", paused.Error, StringComparison.Ordinal);
        _pipeline.StoreFault = null;

        var progress = await _cluster.EndAsync();
        AssertAllThrough(progress, 20);
        Assert.Null(progress.Error);
        Assert.Equal(0, progress.Counts.Quarantined);
    }

    [Fact]
    public async Task Listing_that_breaks_off_pauses_the_run_and_goes_on_where_it_was()
    {
        _pipeline.Sources = 200;
        var broken = true;
        _pipeline.UriOf = index => index == 120 && Volatile.Read(ref broken) ? throw new StoreUnavailableException("the list broke off") : $"file:///{index}.mp4";
        await _cluster.StartRunAsync();

        var paused = await _cluster.UntilAsync(progress => progress.State == RunState.Paused);
        Assert.Equal(120, paused.Counts.Sources);
        Volatile.Write(ref broken, false);

        AssertAllThrough(await _cluster.EndAsync(), 200);
        Assert.All(_pipeline.Analyses.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Checkpoints_that_cannot_be_written_do_not_end_the_run()
    {
        _pipeline.Sources = 40;
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync();
        _storage.Fault = new IOException("the state's store is away");
        _pipeline.Hold.SetResult();
        await _cluster.UntilAsync(progress => progress.State == RunState.Done);
        Assert.Single(await _cluster.Index.GetActiveAsync());

        _storage.Fault = null;
        await UntilIndexedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(40, (await _cluster.Index.FindAsync("run"))!.Sources);
    }

    [Fact]
    public async Task Two_runs_of_two_data_sets_share_a_silo_and_neither_waits_for_the_other_to_end()
    {
        _pipeline.Sources = 40;
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync("first");
        await _cluster.StartRunAsync("second", output: "other");
        await _cluster.UntilAsync(progress => progress.InFlight.Count == 6, "second");
        _pipeline.Hold.SetResult();

        Assert.Equal(40, (await _cluster.EndAsync("first")).Counts.Sources);
        Assert.Equal(40, (await _cluster.EndAsync("second")).Counts.Sources);
        Assert.InRange(_pipeline.MostAtOnce, 1, 6);
    }

    [Fact(Timeout = 120_000)]
    public async Task Index_knows_runs_while_they_go_on_and_when_they_have_ended()
    {
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync();
        var active = Assert.Single(await _cluster.Index.GetActiveAsync());
        Assert.Equal(("run", "in", "out", "test"), (active.RunId, active.Input, active.Output, active.Policy));

        await _cluster.Run().CancelAsync();
        await _cluster.EndAsync();
        await UntilIndexedAsync(TestContext.Current.CancellationToken);

        var ended = Assert.Single(await _cluster.Index.ListAsync());
        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.NotNull(ended.EndedUtc);
    }

    private async Task UntilIndexedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await _cluster.Index.GetActiveAsync()).Count > 0)
        {
            // The run tells the index itself; where its activation was lost meanwhile, the keepers' question makes it.
            await _cluster.Run().KeepAsync();
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private void AssertAllThrough(RunProgress progress, int sources)
    {
        Assert.Equal(RunState.Done, progress.State);
        Assert.Empty(_pipeline.Quarantined.Select(failure => failure.Reason));
        Assert.Equal(sources, progress.Counts.Sources);
        Assert.Equal(2 * sources, progress.Counts.Retained);
        Assert.Equal(sources, _pipeline.Committed.Distinct().Count());
    }
}
