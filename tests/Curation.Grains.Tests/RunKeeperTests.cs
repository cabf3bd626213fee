namespace Curation.Grains.Tests;

public sealed class RunKeeperTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = new();
    private RunCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await RunCluster.StartAsync(_pipeline, new SharedGrainStorage(), silos: 1);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Silo_hears_which_runs_have_not_ended()
    {
        _pipeline.Hold = new TaskCompletionSource();
        await _cluster.StartRunAsync();

        await _cluster.UntilAsync(_ => _pipeline.KeptRuns?.Contains("run") == true);
        _pipeline.Hold.SetResult();
        await _cluster.EndAsync();
        await _cluster.UntilAsync(_ => _pipeline.KeptRuns?.Count == 0);
    }
}
