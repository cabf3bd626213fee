using Curation.Clips.Deciding;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Orleans.TestingHost;

namespace Curation.Grains.Tests;

/// <summary>One source on a cluster of two silos, asked from outside it, so that every answer and every exception travels.</summary>
public sealed class SourceGrainTests : IAsyncLifetime
{
    private static readonly RunPlan Plan = new("run-1", "/in", "/out", new Policy("demo") { Sha256 = "0" });

    private readonly FakePipeline _pipeline = new();
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.StartAsync(2, silo => silo.AddPipeline(_pipeline));

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Source_that_is_done_is_let_go_of()
    {
        var summary = await ProcessAsync(0);

        Assert.Equal(2, summary.Retained);
        Assert.Equal(["file:///0.mp4"], _pipeline.Released);
    }

    [Fact]
    public async Task Source_at_fault_is_quarantined_and_let_go_of()
    {
        _pipeline.Faults[0] = new SourceFailedException(new SourceFailure("probe", "no sound", false));

        var summary = await ProcessAsync(0);

        Assert.Equal("no sound", summary.Failure?.Reason);
        Assert.Equal(["file:///0.mp4"], _pipeline.Released);
    }

    [Fact]
    public async Task Store_that_is_down_is_an_exception_of_its_own_and_no_quarantine()
    {
        _pipeline.Faults[0] = new StoreUnavailableException("azblob://account/data cannot be used: 503", new IOException("503"));

        for (var i = 0; i < 4; i++)
        {
            var trouble = await Assert.ThrowsAsync<StoreUnavailableException>(() => ProcessAsync(0, $"run-{i}"));
            Assert.Equal("azblob://account/data cannot be used: 503", trouble.Message);
        }

        Assert.Empty(_pipeline.Quarantined);
        Assert.Equal(4, _pipeline.Released.Count);
    }

    [Fact]
    public async Task Source_that_was_done_before_is_let_go_of_too()
    {
        _pipeline.Done = true;

        var summary = await ProcessAsync(0);

        Assert.True(summary.AlreadyDone);
        Assert.Equal(["file:///0.mp4"], _pipeline.Released);
    }

    private Task<SourceSummary> ProcessAsync(int index, string run = "run-1") => _cluster.Client.GetGrain<ISourceGrain>($"{run}/{index}").ProcessAsync(
        Plan with { RunId = run }, new SourceItem { Uri = $"file:///{index}.mp4", SizeBytes = 10 }, TestContext.Current.CancellationToken);
}
