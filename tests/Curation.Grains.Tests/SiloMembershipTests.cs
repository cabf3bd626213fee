using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Configuration;

namespace Curation.Grains.Tests;

/// <summary>How long the sources of a killed silo lie about. The times are told; what is asserted is the minute that is promised.</summary>
public sealed class SiloMembershipTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    // Every silo has room for all of them, so that what is measured is no wait for a place.
    private readonly FakePipeline _pipeline = new() { Sources = 6, Hold = new TaskCompletionSource() };
    private readonly ConcurrentDictionary<string, SiloAddress> _first = [];
    private readonly ConcurrentDictionary<string, long> _again = [];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Sources_of_a_killed_silo_are_taken_up_within_a_minute(bool asInProduction, bool withTheRun)
    {
        _pipeline.OnAnalyse = (silo, uri) =>
        {
            if (!_first.TryAdd(uri, silo)) _again.TryAdd(uri, Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        await using var cluster = await RunCluster.StartAsync(_pipeline, new SharedGrainStorage(), sources: 6, with: asInProduction ? AsInProduction : null);
        await cluster.StartRunAsync(parallelism: 6);
        await cluster.UntilAsync(_ => _first.Count == 6);

        var home = (await cluster.SiloOfRunAsync()).SiloAddress;
        var victim = withTheRun ? home : cluster.Silos.GetActiveSilos().Select(silo => silo.SiloAddress).First(silo => !silo.Equals(home));
        var lost = _first.Where(entry => entry.Value.Equals(victim)).Select(entry => entry.Key).ToList();
        Assert.Equal(2, lost.Count);
        var killed = Stopwatch.GetTimestamp();
        await cluster.KillAsync(victim);
        await UntilAsync(() => lost.TrueForAll(_again.ContainsKey)).WaitAsync(Promised, TestContext.Current.CancellationToken);

        var seconds = lost.Select(uri => Stopwatch.GetElapsedTime(killed, _again[uri]).TotalSeconds).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"as in production: {asInProduction}, with the run: {withTheRun}: taken up after {string.Join(", ", seconds.Select(each => each.ToString("0.0", null)))} s");
        Assert.InRange(seconds[^1], 0, Promised.TotalSeconds);
        _pipeline.Hold!.SetResult();
        Assert.Equal(6, (await cluster.EndAsync()).Counts.Sources);
    }

    private static void AsInProduction(ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(SiloMembership.Configure);
        silo.Configure<RunOptions>(options =>
        {
            var own = new RunOptions();
            (options.KeepEvery, options.CheckpointEvery, options.FirstRetryDelay) = (own.KeepEvery, own.CheckpointEvery, own.FirstRetryDelay);
        });
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo()) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
