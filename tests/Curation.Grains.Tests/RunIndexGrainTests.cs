namespace Curation.Grains.Tests;

/// <summary>What the index remembers, and what it lets go of.</summary>
public sealed class RunIndexGrainTests
{
    [Fact]
    public async Task Runs_beyond_those_remembered_are_forgotten_with_their_records()
    {
        var pipeline = new FakePipeline { Sources = 1 };
        await using var cluster = await RunCluster.StartAsync(pipeline, new SharedGrainStorage(), silos: 1, keepers: false);
        await cluster.StartRunAsync("old");
        await cluster.EndAsync("old");

        var later = TimeProvider.System.GetUtcNow().AddDays(1);
        for (var i = 0; i < RunIndexGrain.RememberedRuns; i++)
        {
            await cluster.Index.EndedAsync(new RunEntry($"{i}", "in", "out", "test", RunState.Done, later) { EndedUtc = later.AddSeconds(i) });
        }

        while (await cluster.Run("old").GetPlanAsync() is not null) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(RunIndexGrain.RememberedRuns, (await cluster.Index.ListAsync()).Count);
    }
}
