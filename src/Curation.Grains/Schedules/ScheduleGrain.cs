using Curation.Grains.Placement;
using Microsoft.Extensions.Logging;

namespace Curation.Grains.Schedules;

/// <inheritdoc cref="IScheduleGrain" />
/// <remarks>
/// A reminder wakes it once a minute, wherever there is a silo; a timer inside that minute gives the second. What is to be
/// done is written down before it is done, so that a crash at any moment leads to the same run and not to a second one.
/// </remarks>
[Role(SiloRoles.Media)]
public sealed partial class ScheduleGrain(
    [PersistentState("schedule", CurationGrains.StateStorage)] IPersistentState<ScheduleState> state, TimeProvider time, ILogger<ScheduleGrain> logger)
    : Grain, IScheduleGrain, IRemindable
{
    /// <summary>Name of the reminder.</summary>
    public const string Reminder = "schedule";

    // The floor of Orleans' reminders.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    // How often a run at work is asked whether it has ended: uncalibrated.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    // A due time is met late where a silo was lost and another one took over; what is later than this was missed: uncalibrated.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private IGrainTimer? _timer;

    private ScheduleState Now => state.State;

    private string Name => this.GetPrimaryKeyString();

    private IScheduleIndexGrain Index => GrainFactory.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Arm();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> SaveAsync(ScheduleDefinition definition, bool replace)
    {
        ArgumentNullException.ThrowIfNull(definition);

        var faults = ScheduleCheck.Faults(definition);
        if (faults.Count > 0) return faults;
        if (definition.Name != Name) return [$"name '{definition.Name}': is not the schedule's, '{Name}'."];
        if (Now.Definition is not null && !replace) return [$"name '{Name}': there is a schedule of that name; remove it first, or replace it with --replace."];

        // First what finds the schedule again, then the schedule: a crash between leaves a name that nothing stands behind, and that goes by itself.
        await Index.AddAsync(Name);
        await this.RegisterOrUpdateReminder(Reminder, Heartbeat, Heartbeat);
        await WriteAsync(Now with { Definition = definition, NextUtc = NextOf(definition) });
        Arm();
        return [];
    }

    /// <inheritdoc />
    public Task<ScheduleState?> GetAsync() => Task.FromResult(Now.Definition is null ? null : Now);

    /// <inheritdoc />
    public async Task<ScheduleState?> SetPausedAsync(bool paused)
    {
        if (Now.Definition is not { } definition) return null;
        if (definition.Paused == paused) return Now;

        var changed = definition with { Paused = paused };
        await WriteAsync(Now with { Definition = changed, NextUtc = NextOf(changed) });
        Arm();
        return Now;
    }

    /// <inheritdoc />
    public async Task<RunNowAnswer> RunNowAsync()
    {
        if (Now.Definition is null) return new RunNowAnswer(false, null, false, "there is no such schedule");

        await SettleAsync();
        if (Now.Current is { } current) return new RunNowAnswer(true, current.RunId, false, "a run of this schedule is at work");

        var runId = await BeginAsync(time.GetUtcNow(), 1, byHand: true, Now.NextUtc);
        Arm();
        return Now.Current is not null
            ? new RunNowAnswer(true, runId, true, null)
            : new RunNowAnswer(true, runId, false, Now.History[^1].Reason);
    }

    /// <inheritdoc />
    public async Task<ScheduleState?> RemoveAsync()
    {
        var was = Now.Definition is null ? null : Now;
        _timer?.Dispose();
        _timer = null;
        if (state.RecordExists) await state.ClearStateAsync();
        state.State = new ScheduleState();
        await ForgetAsync();
        return was;
    }

    /// <inheritdoc />
    public async Task WakeAsync()
    {
        if (Now.Definition is not null && await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Heartbeat, Heartbeat);
        await TickAsync();
    }

    /// <inheritdoc />
    public Task ReceiveReminder(string reminderName, TickStatus status) => TickAsync();

    private async Task TickAsync()
    {
        if (Now.Definition is not { } definition)
        {
            await ForgetAsync();
            return;
        }

        try
        {
            await SettleAsync();
            await DoWhatIsDueAsync(definition);
        }
        finally
        {
            Arm();
        }
    }

    // Writes down how the run at work ended; starts it where a crash came between the note and the start.
    private async Task SettleAsync()
    {
        if (Now.Current is not { } current) return;

        var progress = await GrainFactory.GetGrain<IRunGrain>(current.RunId!).GetProgressAsync();
        if (progress.State == RunState.Created)
        {
            await LaunchAsync(current);
            return;
        }

        if (!progress.State.IsEnded()) return;

        var (outcome, counts) = (progress.State switch { RunState.Done => ScheduledOutcome.Done, RunState.Cancelled => ScheduledOutcome.Cancelled, _ => ScheduledOutcome.Failed }, progress.Counts);
        await EndAsync(current with
        {
            Outcome = outcome,
            EndedUtc = progress.EndedUtc ?? time.GetUtcNow(),
            Sources = counts.Sources,
            AlreadyDone = counts.AlreadyDone,
            Quarantined = counts.Quarantined,
            Clips = counts.Clips,
            Retained = counts.Retained,
            Reason = progress.Error,
        });
    }

    private async Task DoWhatIsDueAsync(ScheduleDefinition definition)
    {
        var now = time.GetUtcNow();
        if (Now.NextUtc is not { } first || first > now || RuleOf(definition) is not { } rule) return;

        var due = rule.LastUpTo(now) is { } last && last > first ? last : first;
        var times = Math.Max(1, rule.Count(first, due));
        var next = rule.Next(now);
        if (now - due > Grace && definition.Missed == MissedRuns.Skip)
        {
            await WriteAsync((Now with { NextUtc = next }).Remember(new ScheduledRun(due, ScheduledOutcome.Missed) { Times = times, Reason = "missed: no silo was running" }));
        }
        else if (Now.Current is { } current)
        {
            await WriteAsync((Now with { NextUtc = next }).Remember(new ScheduledRun(due, ScheduledOutcome.Skipped) { Times = times, RunId = current.RunId, Reason = "skipped: still running" }));
        }
        else
        {
            await BeginAsync(due, times, byHand: false, next);
        }
    }

    private async Task<string> BeginAsync(DateTimeOffset scheduledUtc, int times, bool byHand, DateTimeOffset? next)
    {
        var run = new ScheduledRun(scheduledUtc, ScheduledOutcome.Running)
        {
            RunId = ScheduledPlan.RunId(Name, scheduledUtc, byHand),
            Times = times,
            ByHand = byHand,
            StartedUtc = time.GetUtcNow(),
        };
        await WriteAsync(Now with { Current = run, LastRunId = run.RunId, NextUtc = next });
        await LaunchAsync(run);
        return run.RunId;
    }

    private async Task LaunchAsync(ScheduledRun run)
    {
        var (plan, faults) = await ScheduledPlan.MakeAsync(Now.Definition!, run.RunId!);
        if (plan is null)
        {
            await EndAsync(run with { Outcome = ScheduledOutcome.Failed, EndedUtc = time.GetUtcNow(), Reason = string.Join(" ", faults) });
            return;
        }

        try
        {
            await GrainFactory.GetGrain<IRunGrain>(plan.RunId).StartAsync(plan);
            LogStarted(logger, Name, plan.RunId);
        }
        catch (Exception trouble) when (ClusterTrouble.Is(trouble))
        {
            // The note stands, and starting is idempotent: the next tick tries again, on whatever silo there is then.
            LogNotStarted(logger, trouble, Name, plan.RunId);
        }
    }

    private Task EndAsync(ScheduledRun run) => WriteAsync((Now with { Current = null }).Remember(run));

    private DateTimeOffset? NextOf(ScheduleDefinition definition) => definition.Paused ? null : RuleOf(definition)?.Next(time.GetUtcNow());

    private CronRule? RuleOf(ScheduleDefinition definition)
    {
        var rule = CronRule.TryParse(definition.Cron, definition.TimeZone, out var faults);
        if (rule is null) LogUnreadable(logger, Name, string.Join(" ", faults));
        return rule;
    }

    // The timer gives the second; without it, as on a silo that has just taken over, the reminder comes within the minute.
    private void Arm()
    {
        var wait = Now switch
        {
            { Definition: null } => Timeout.InfiniteTimeSpan,
            { Current: not null } => AskEvery,
            { NextUtc: { } next } when next - time.GetUtcNow() < 2 * Heartbeat => next - time.GetUtcNow(),
            _ => Timeout.InfiniteTimeSpan,
        };

        // What is past and still there could not be done just now: not at once again.
        if (wait != Timeout.InfiniteTimeSpan && wait <= TimeSpan.Zero) wait = AskEvery;
        if (_timer is null) _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
        else _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task ForgetAsync()
    {
        if (await this.GetReminder(Reminder) is { } reminder) await this.UnregisterReminder(reminder);
        await Index.RemoveAsync(Name);
    }

    private Task WriteAsync(ScheduleState next) =>
        state.ReplaceAsync(next, DeactivateOnIdle);

    [LoggerMessage(EventId = 211, Level = LogLevel.Information, Message = "Schedule {Schedule} started run {RunId}")]
    private static partial void LogStarted(ILogger logger, string schedule, string runId);

    [LoggerMessage(EventId = 212, Level = LogLevel.Warning, Message = "Schedule {Schedule} could not start run {RunId} and tries again")]
    private static partial void LogNotStarted(ILogger logger, Exception error, string schedule, string runId);

    [LoggerMessage(EventId = 213, Level = LogLevel.Error, Message = "Schedule {Schedule} is not due any more, because this silo cannot read it: {Faults}")]
    private static partial void LogUnreadable(ILogger logger, string schedule, string faults);
}
