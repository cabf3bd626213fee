namespace Curation.Grains.Tests;

/// <summary>Runs that write one data set.</summary>
public sealed class RunGrainOutputTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = new();
    private readonly SharedGrainStorage _storage = new();
    private RunCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await RunCluster.StartAsync(_pipeline, _storage, silos: 2);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Second_run_waits_for_the_first_says_so_and_begins_when_that_has_ended()
    {
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync("first");
        await _cluster.UntilAsync(progress => progress.InFlight.Count > 0, "first");
        await _cluster.StartRunAsync("second");

        var waiting = await _cluster.UntilAsync(progress => progress.State == RunState.Paused, "second");
        Assert.Contains("first", waiting.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("second", _pipeline.Claims.Keys);

        _pipeline.Hold.SetResult();
        Assert.Equal(RunState.Done, (await _cluster.EndAsync("first")).State);
        Assert.Equal(RunState.Done, (await _cluster.EndAsync("second")).State);
        Assert.Equal(1, _pipeline.Claims["second"]);
    }

    [Fact]
    public async Task Waiting_run_that_is_cancelled_ends_and_one_behind_a_cancelled_run_begins()
    {
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync("first");
        await _cluster.UntilAsync(progress => progress.InFlight.Count > 0, "first");
        await _cluster.StartRunAsync("second");
        await _cluster.StartRunAsync("third");
        await _cluster.UntilAsync(progress => progress.State == RunState.Paused, "second");
        await _cluster.UntilAsync(progress => progress.State == RunState.Paused, "third");

        await _cluster.Run("second").CancelAsync();
        Assert.Equal(RunState.Cancelled, (await _cluster.EndAsync("second")).State);

        _pipeline.Hold.SetResult();
        await _cluster.Run("first").CancelAsync();
        await _cluster.EndAsync("first");
        Assert.Equal(RunState.Done, (await _cluster.EndAsync("third")).State);
    }
}
