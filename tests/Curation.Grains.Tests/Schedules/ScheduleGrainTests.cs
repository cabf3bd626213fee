using Curation.Grains.FileState;
using Curation.Grains.Schedules;
using Curation.Grains.Tests.FileState;
using Curation.Pipeline;
using Curation.Pipeline.Policies;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Curation.Grains.Tests.Schedules;

/// <summary>One silo with its state in files and a clock that the tests move; a tick of the reminder is a call.</summary>
public sealed class ScheduleGrainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstDue = new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);

    private readonly StateScratch _scratch = new();
    private readonly SettableTime _time = new(Start);
    private FakePipeline _pipeline = new();
    private InProcessTestCluster _cluster = null!;

    private IScheduleGrain Schedule => _cluster.Client.GetGrain<IScheduleGrain>("nightly");

    public async ValueTask InitializeAsync() => _cluster = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        _pipeline.Hold?.TrySetResult();
        await _cluster.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Due_time_starts_a_run_named_after_it_and_its_end_is_remembered()
    {
        Assert.Empty(await Schedule.SaveAsync(Definition(), false));
        Assert.Equal(FirstDue, (await Schedule.GetAsync())!.NextUtc);
        await TickAsync(FirstDue.AddSeconds(-1));
        Assert.Null((await Schedule.GetAsync())!.Current);

        await TickAsync(FirstDue.AddSeconds(20));
        var entry = await EndedAsync();

        Assert.Equal("nightly-20260301T180000Z", entry.RunId);
        Assert.Equal(FirstDue, entry.ScheduledUtc);
        Assert.Equal(ScheduledOutcome.Done, entry.Outcome);
        Assert.Equal(5, entry.Sources);
        Assert.Equal(FirstDue.AddSeconds(20), entry.StartedUtc);
        Assert.NotNull(entry.EndedUtc);
        Assert.Equal(FirstDue.AddDays(1), (await Schedule.GetAsync())!.NextUtc);
    }

    [Fact]
    public async Task Due_time_while_the_run_before_is_at_work_is_skipped_and_remembered()
    {
        _pipeline.Hold = new TaskCompletionSource();
        await Schedule.SaveAsync(Definition(), false);
        await TickAsync(FirstDue);
        var running = (await Schedule.GetAsync())!.Current!.RunId;

        await TickAsync(FirstDue.AddDays(1));
        await TickAsync(FirstDue.AddDays(2));

        var state = (await Schedule.GetAsync())!;
        var skipped = Assert.Single(state.History);
        Assert.Equal(ScheduledOutcome.Skipped, skipped.Outcome);
        Assert.Equal("skipped: still running", skipped.Reason);
        Assert.Equal(2, skipped.Times);
        Assert.Equal(running, skipped.RunId);
        Assert.Equal(running, state.Current!.RunId);
        Assert.False((await Schedule.RunNowAsync()).Started);

        _pipeline.Hold.SetResult();
        await EndedAsync();
        Assert.Single(await RunsAsync());
    }

    [Fact]
    public async Task Times_missed_while_nobody_ran_become_one_run()
    {
        await Schedule.SaveAsync(Definition(), false);
        await RestartAsync(FirstDue.AddDays(3).AddHours(2));

        var entry = await EndedAsync();

        Assert.Equal(4, entry.Times);
        Assert.Equal(FirstDue.AddDays(3), entry.ScheduledUtc);
        Assert.Single(await RunsAsync());
        Assert.Equal(FirstDue.AddDays(4), (await Schedule.GetAsync())!.NextUtc);
    }

    [Fact]
    public async Task Times_missed_while_nobody_ran_are_left_out_where_the_schedule_says_so()
    {
        await Schedule.SaveAsync(Definition() with { Missed = MissedRuns.Skip }, false);
        await RestartAsync(FirstDue.AddDays(3).AddHours(2));
        await TickAsync(_time.UtcNow);

        var entry = Assert.Single((await Schedule.GetAsync())!.History);
        Assert.Equal(ScheduledOutcome.Missed, entry.Outcome);
        Assert.Equal(4, entry.Times);
        Assert.Empty(await RunsAsync());

        await TickAsync(FirstDue.AddDays(4).AddMinutes(1));
        Assert.Equal(ScheduledOutcome.Done, (await EndedAsync()).Outcome);
    }

    [Fact]
    public async Task Silo_killed_in_a_run_leads_to_the_same_run_and_a_whole_history()
    {
        await Schedule.SaveAsync(Definition(), false);
        await TickAsync(FirstDue);
        await EndedAsync();
        _pipeline.Hold = new TaskCompletionSource();
        await TickAsync(FirstDue.AddDays(1));
        var before = (await Schedule.GetAsync())!;

        _pipeline.Hold.SetResult();
        await RestartAsync(FirstDue.AddDays(1).AddMinutes(3));

        var after = (await Schedule.GetAsync())!;
        Assert.Equal(before.Definition, after.Definition);
        Assert.Equal(before.NextUtc, after.NextUtc);
        await TickUntilAsync(state => state.History.Count == 2);
        Assert.Equal(before.Current!.RunId, (await Schedule.GetAsync())!.History[1].RunId);
        Assert.Equal(2, (await RunsAsync()).Count);
    }

    [Fact]
    public async Task Run_that_was_noted_and_not_started_is_started_under_the_same_id()
    {
        await Schedule.SaveAsync(Definition(), false);
        await TickAsync(FirstDue.AddSeconds(-30));
        var id = Schedule.GetGrainId();
        await KillAsync();

        // What a crash between the note and the start leaves.
        using (var folder = _scratch.Open())
        {
            var storage = _scratch.Storage(folder);
            var state = new GrainState<ScheduleState>(new ScheduleState());
            await storage.ReadStateAsync("schedule", id, state);
            state.State = state.State! with
            {
                Current = new ScheduledRun(FirstDue, ScheduledOutcome.Running) { RunId = "nightly-20260301T180000Z", StartedUtc = FirstDue },
                NextUtc = FirstDue.AddDays(1),
            };
            await storage.WriteStateAsync("schedule", id, state);
        }

        await RiseAsync(FirstDue.AddMinutes(1));

        Assert.Equal("nightly-20260301T180000Z", (await EndedAsync()).RunId);
        Assert.Single(await RunsAsync());
    }

    [Fact]
    public async Task Paused_schedule_lets_its_times_pass_and_goes_on_with_the_next()
    {
        await Schedule.SaveAsync(Definition(), false);
        Assert.Null((await Schedule.SetPausedAsync(true))!.NextUtc);
        await TickAsync(FirstDue.AddDays(2).AddHours(1));
        Assert.Empty(await RunsAsync());

        Assert.Equal(FirstDue.AddDays(3), (await Schedule.SetPausedAsync(false))!.NextUtc);
    }

    [Fact]
    public async Task Run_by_hand_starts_now_and_leaves_the_next_due_time()
    {
        await Schedule.SaveAsync(Definition(), false);

        var answer = await Schedule.RunNowAsync();

        Assert.True(answer.Started);
        Assert.Equal("nightly-20260301T120000Z-by-hand", answer.RunId);
        var entry = await EndedAsync();
        Assert.True(entry.ByHand);
        Assert.Equal(FirstDue, (await Schedule.GetAsync())!.NextUtc);
    }

    [Fact]
    public async Task Removed_schedule_is_gone_with_its_name_and_starts_nothing()
    {
        await Schedule.SaveAsync(Definition(), false);
        Assert.Equal(["nightly"], await NamesAsync());

        Assert.NotNull(await Schedule.RemoveAsync());

        Assert.Null(await Schedule.GetAsync());
        Assert.Empty(await NamesAsync());
        Assert.Null(await Schedule.RemoveAsync());
        Assert.Empty(_scratch.Files("reminders"));
        await TickAsync(FirstDue.AddDays(1));
        Assert.Empty(await RunsAsync());
    }

    [Fact]
    public async Task Faults_are_told_at_once_and_nothing_is_saved()
    {
        var faults = await Schedule.SaveAsync(Definition() with { Cron = "x", TimeZone = "y", Limit = 0, PolicyText = "name: z\nlimits: 7" }, false);

        Assert.True(faults.Count >= 4, string.Join('\n', faults));
        Assert.Null(await Schedule.GetAsync());
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Name_that_is_taken_is_refused_and_replacing_keeps_the_history()
    {
        await Schedule.SaveAsync(Definition(), false);
        await TickAsync(FirstDue);
        await EndedAsync();

        Assert.Contains("--replace", Assert.Single(await Schedule.SaveAsync(Definition() with { Cron = "0 4 * * *" }, false)), StringComparison.Ordinal);
        Assert.Empty(await Schedule.SaveAsync(Definition() with { Cron = "0 4 * * *" }, true));

        var state = (await Schedule.GetAsync())!;
        Assert.Single(state.History);
        Assert.Equal(FirstDue.AddHours(1), state.NextUtc);
    }

    private static ScheduleDefinition Definition() =>
        new("nightly", "0 3 * * *", "Asia/Seoul", "in", "out", "demo", PolicyPresets.Find("demo")!) { Parallelism = 2, CreatedUtc = Start };

    private async Task<InProcessTestCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddCurationGrains();
            silo.AddFileGrainStorage(CurationGrains.StateStorage, _scratch.Root);
            silo.UseFileReminders(_scratch.Root);
            silo.Services.AddSingleton<ICuratePipeline>(_pipeline);
            silo.Services.AddSingleton<TimeProvider>(_time);
        });
        builder.ConfigureClient(client => client.Services.AddCurationGrains());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private async Task RestartAsync(DateTimeOffset now)
    {
        await KillAsync();
        await RiseAsync(now);
    }

    private async Task KillAsync()
    {
        foreach (var silo in _cluster.GetActiveSilos().ToList()) await _cluster.KillSiloAsync(silo);
        await _cluster.DisposeAsync();
    }

    private async Task RiseAsync(DateTimeOffset now)
    {
        _time.UtcNow = now;
        _pipeline = new FakePipeline();
        _cluster = await StartAsync();
    }

    private Task TickAsync(DateTimeOffset now)
    {
        _time.UtcNow = now;
        return Schedule.AsReference<IRemindable>().ReceiveReminder(ScheduleGrain.Reminder, default);
    }

    private async Task<ScheduledRun> EndedAsync()
    {
        await TickUntilAsync(state => state.Current is null && state.History.Any(entry => entry.EndedUtc is not null));
        return (await Schedule.GetAsync())!.History[^1];
    }

    private async Task TickUntilAsync(Func<ScheduleState, bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await TickAsync(_time.UtcNow);
            if (isSo((await Schedule.GetAsync())!)) return;
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<IReadOnlyList<string>> NamesAsync() => _cluster.Client.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key).ListAsync();

    private Task<IReadOnlyList<RunEntry>> RunsAsync() => _cluster.Client.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).ListAsync();
}
