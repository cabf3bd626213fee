using System.Net;
using System.Text.Json;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Grains.Tests;

/// <summary>The loop of a run without silos: only what it reads, starts and remembers.</summary>
public sealed class RunLoopTests
{
    private readonly FakePipeline _pipeline = new();
    private readonly RunTally _tally = new(new RunRecord());
    private readonly Signal _changed = new();
    private readonly RunPause _pause;

    public RunLoopTests() => _pause = new RunPause(_changed.Set);

    [Fact]
    public async Task Checkpoint_stays_small_however_many_sources_there_are()
    {
        _pipeline.Sources = 100_000;
        var largest = 0;
        var held = new TaskCompletionSource();

        await RunAsync(async source =>
        {
            // The first source takes as long as all others together.
            if (source.Position == 0) await held.Task;
            if (source.Position == 99_999) held.SetResult();
            if (source.Position % 97 == 0) await Task.Yield();
            if (source.Position % 1000 == 0) largest = Math.Max(largest, JsonSerializer.Serialize(_tally.Ledger.ToCursor()).Length);
            return source.Position % 10 == 0 ? new SourceSummary { Failure = new SourceFailure("probe", new string('x', 10_000), false) } : new SourceSummary();
        });

        Assert.Equal(100_000, _tally.Counts.Sources);
        Assert.Equal(10_000, _tally.Counts.Quarantined);

        // 16 in flight and 64 read ahead, each with its address, a silo and two counts.
        Assert.InRange(largest, 1, 80 * 128);
        var quarantined = _tally.Quarantined.ToList();
        Assert.InRange(quarantined.Count, 1, 1000);
        Assert.InRange(JsonSerializer.Serialize(quarantined).Length, 1, 512 * 1024);
    }

    [Fact]
    public async Task Large_sources_leave_places_for_small_ones_and_the_cursor_stays_right()
    {
        _pipeline.Sources = 40;
        _pipeline.SizeOf = index => index < 20 ? 2L << 30 : 10;
        var running = new HashSet<long>();
        var order = new List<long>();
        var free = new TaskCompletionSource();

        await RunAsync(
            async source =>
            {
                running.Add(source.Position);
                order.Add(source.Position);
                if (source.Position < 20)
                {
                    if (order.Count(position => position >= 20) == 20) free.TrySetResult();
                    await free.Task;
                }
                else
                {
                    Assert.True(running.Count(position => position < 20) <= 2);
                    await Task.Yield();
                    if (order.Count(position => position >= 20) == 20) free.TrySetResult();
                }

                running.Remove(source.Position);
                return new SourceSummary();
            },
            parallelism: 0,
            // Large sources may have all places while nothing else is listed: the work begins when everything is.
            new OneSilo(4, () => _tally.Ledger.Next == 40));

        Assert.Equal(40, _tally.Counts.Sources);
        Assert.Equal(Enumerable.Range(20, 20).Select(position => (long)position), order.Where(position => position >= 20));
        Assert.Equal(Enumerable.Range(0, 20).Select(position => (long)position), order.Where(position => position < 20));
        Assert.Equal(40, _tally.Ledger.ToCursor().Leading);
    }

    [Fact]
    public async Task Run_in_trouble_tries_one_source_at_a_time_until_it_is_over()
    {
        // The source that met the trouble ends otherwise: nothing in flight can find out that the store is well again.
        _pipeline.Sources = 10;
        var now = 0;
        var together = new List<int>();
        await RunAsync(
            async source =>
            {
                if (source.Position == 0) _pause.Enter("the store is away");
                if (source.Position >= 4 && _pause.Reason is not null) together.Add(++now);
                await Task.Yield();
                now = 0;
                if (source.Position == 8) _pause.Leave();
                return new SourceSummary();
            },
            parallelism: 4);

        Assert.Equal(10, _tally.Counts.Sources);
        Assert.Equal([1, 1, 1, 1, 1], together);
    }

    private async Task RunAsync(Func<ListedSource, Task<SourceSummary>> work, int parallelism = 16, OneSilo? silo = null)
    {
        // One at a time, as the grain's scheduler does it.
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var plan = RunCluster.Plan(parallelism: parallelism);
        var options = new RunOptions();
        var stop = TestContext.Current.CancellationToken;
        var patience = new RunPatience(plan.RunId, options, _pause, TimeProvider.System, NullLogger.Instance, stop);
        var places = new SiloPlaces(silo ?? new OneSilo(null, () => true), TimeProvider.System);
        var loop = new RunLoop(plan, _pipeline, _tally, places, _pause, patience, options, _changed, TimeProvider.System, NullLogger.Instance, stop, CancellationToken.None);
        await await Task.Factory.StartNew(() => loop.RunAsync(work), stop, TaskCreationOptions.None, scheduler);
    }

    private sealed class OneSilo(int? sources, Func<bool> joined) : ISiloRoster
    {
        private static readonly SiloAddress Address = SiloAddress.New(IPAddress.Loopback, 1, 1);

        public IReadOnlyList<SiloPlace> Active() => joined() ? [new SiloPlace(Address, sources)] : [];

        public bool IsActive(SiloAddress silo) => silo.Equals(Address);
    }
}
