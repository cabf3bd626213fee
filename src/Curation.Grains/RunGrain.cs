using Curation.Grains.Placement;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Curation.Grains;

/// <inheritdoc cref="IRunGrain" />
[Role(SiloRoles.Media)]
public sealed class RunGrain : Grain, IRunGrain, IDisposable
{
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(1);

    private readonly IPersistentState<RunRecord> _state;
    private readonly ICuratePipeline _pipeline;
    private readonly ISiloRoster _roster;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RunGrain> _logger;
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly Signal _changed = new();
    private readonly RunPause _pause;
    private readonly RunCheckpoints<RunRecord> _checkpoints;
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private RunTally _tally = new(new RunRecord());
    private RunRecord _record = new();
    private double _wallBefore;
    private long? _begun;

    /// <summary>A run.</summary>
    /// <param name="state">Its record.</param>
    /// <param name="pipeline">Does the work.</param>
    /// <param name="roster">The silos.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logger">The log.</param>
    public RunGrain(
        [PersistentState("run", CurationGrains.StateStorage)] IPersistentState<RunRecord> state,
        ICuratePipeline pipeline, ISiloRoster roster, IOptions<RunOptions> options, TimeProvider time, ILogger<RunGrain> logger)
    {
        ArgumentNullException.ThrowIfNull(options);

        (_state, _pipeline, _roster, _options, _time, _logger) = (state, pipeline, roster, options.Value, time, logger);
        _pause = new RunPause(_changed.Set);
        _checkpoints = new RunCheckpoints<RunRecord>(state, Snapshot, record => record.Holder, _holder, StepDown, this.GetPrimaryKeyString(), logger);
    }

    private IRunIndexGrain Index => GrainFactory.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = _state.State;
        _wallBefore = _record.WallSeconds;
        _tally = new RunTally(_record);
        if (_record.CancelRequested) _cancel.Cancel();
        if (_record.Plan is { } plan && !_record.State.IsEnded()) TakeUp(plan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_begun is null || _record.State.IsEnded() || _leave.IsCancellationRequested) return;

        // The sources in flight go on where they are; the silo that takes the run up asks them, and gets their answers.
        await _leave.CancelAsync();
        if (cancellationToken.IsCancellationRequested) return;

        _record = _record with { HandedOver = true };
        await _checkpoints.TrySaveAsync();
    }

    /// <inheritdoc />
    public async Task StartAsync(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_record.Plan is not null) return;

        // First the index, so that no run is ever at work of which no keeper knows.
        var started = _record with { Plan = plan, State = RunState.Running, StartedUtc = _time.GetUtcNow(), Attempts = 1 };
        await Index.StartedAsync(Entry(started));
        if (_record.Plan is not null) return;

        _record = started;
        var saved = false;
        try
        {
            await _checkpoints.SaveAsync();
            saved = true;
        }
        finally
        {
            if (!saved) _record = new RunRecord();
        }

        Begin(plan);
    }

    /// <inheritdoc />
    public Task<RunProgress> GetProgressAsync()
    {
        var paused = _pause.Reason is not null && _record.State is RunState.Running or RunState.Committing;
        return Task.FromResult(new RunProgress(
            paused ? RunState.Paused : _record.State,
            _tally.Counts,
            _tally.TotalSources,
            _tally.TotalBytes,
            _tally.BytesSoFar,
            _tally.InFlight,
            _record.Result,
            paused ? _pause.Reason : _record.Error)
        {
            StartedUtc = _record.StartedUtc,
            EndedUtc = _record.EndedUtc,
            WallSeconds = WallSeconds(),
            Attempts = _record.Attempts,
            Deaths = _record.Deaths,
        });
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<QuarantinedSource>> GetQuarantinedAsync() => Task.FromResult(_tally.Quarantined.ToList());

    /// <inheritdoc />
    public Task<RunPlan?> GetPlanAsync() => Task.FromResult(_record.Plan);

    /// <inheritdoc />
    public async Task CancelAsync()
    {
        if (_record.State.IsEnded()) return;

        _record = _record with { CancelRequested = true };
        await _cancel.CancelAsync();

        // Before the run has ended, its silo may die: the next one must know.
        if (_record.Plan is not null) await _checkpoints.TrySaveAsync();
    }

    /// <inheritdoc />
    public async Task<RunState> KeepAsync()
    {
        if (_record.State.IsEnded()) await Index.EndedAsync(Entry(_record));
        return _record.State;
    }

    /// <inheritdoc />
    public async Task ForgetAsync()
    {
        if (!_record.State.IsEnded()) return;

        await _state.ClearStateAsync();
        DeactivateOnIdle();
    }

    /// <inheritdoc />
    public Task ReportAsync(SourceInFlight source)
    {
        _tally.Report(source);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _leave.Cancel();
        _cancel.Dispose();
        _leave.Dispose();
        _checkpoints.Dispose();
    }

    private void TakeUp(RunPlan plan)
    {
        // A run that was not handed over lost its silo, and maybe not by chance: from now on it writes down what it starts before it does.
        var dead = _tally.Ledger.BlameDead(silo => _record.HandedOver || _roster.IsActive(silo));
        var deaths = _record.HandedOver ? 0 : Math.Max(1, dead);
        _record = _record with { Attempts = _record.Attempts + 1, Deaths = _record.Deaths + deaths, HandedOver = false };
        RunLog.TakenUp(_logger, plan.RunId, _record.Attempts, _record.Cursor.Leading);
        Begin(plan);
    }

    private void Begin(RunPlan plan)
    {
        _begun = _time.GetTimestamp();
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        RunAsync(plan).Ignore();
    }

    private async Task RunAsync(RunPlan plan)
    {
        await Task.Yield();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token, _leave.Token);
        var patience = new RunPatience(plan.RunId, _options, _pause, _time, _logger, stop.Token);
        var checkpoints = CheckpointAsync(_leave.Token);
        var counting = CountAsync(plan, stop.Token);
        try
        {
            if (_record.Attempts > 1) await _checkpoints.TrySaveAsync();
            using var claim = await patience.DoAsync(plan.RunId, () => ClaimAsync(plan));
            if (_record.State == RunState.Running)
            {
                await WorkAsync(plan, patience, stop.Token);
                await counting;
                _record = _record with { State = RunState.Committing };
                await _checkpoints.TrySaveAsync();
            }

            var result = await patience.DoAsync(plan.RunId, () => CommitAsync(plan));
            _record = _record with { State = RunState.Done, Result = result };
        }
        catch (Exception) when (_leave.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            _record = _record with { State = RunState.Cancelled };
        }
        catch (Exception error)
        {
            // Not a verdict on any clip: the run itself ends, says why, and its finished sources stay.
            if (!StoreTrouble.Is(error) && error is not SourceInputException) RunLog.RunFailed(_logger, error, plan.RunId);
            _record = _record with { State = RunState.Failed, Error = error.Message };
        }

        await stop.CancelAsync(); // Nobody needs the rest of the count.
        await EndAsync(checkpoints);
    }

    // Of the cluster's runs that write one data set the earliest goes first; the claim keeps off processes that are not of the cluster.
    private async Task<IDisposable> ClaimAsync(RunPlan plan)
    {
        if (await EarlierAsync(plan) is { } earlier)
        {
            throw new StoreUnavailableException($"{plan.Output}: run {earlier.RunId}, which began earlier, is writing this data set; this run begins when that one has ended (curate runs cancel {earlier.RunId} ends it)");
        }

        var claim = await Task.Run(() => _pipeline.Claim(plan));
        _pause.Leave();
        return claim;
    }

    private async Task<RunEntry?> EarlierAsync(RunPlan plan)
    {
        try
        {
            var active = await Index.GetActiveAsync();
            var before = active.TakeWhile(run => run.RunId != plan.RunId).ToList();

            // A run that the index does not know has no place in the row.
            return before.Count == active.Count ? null : before.Find(run => run.Output == plan.Output);
        }
        catch (Exception lost) when (!_cancel.IsCancellationRequested && SourceLostException.Means(lost))
        {
            throw new SourceLostException(lost);
        }
    }

    private async Task WorkAsync(RunPlan plan, RunPatience patience, CancellationToken stop)
    {
        var places = new SiloPlaces(_roster, _time);
        var attempts = new SourceAttempts(
            plan, _pipeline, GrainFactory, _tally.Ledger, places, _roster, _pause, patience, SiloKnownAsync, _logger, _cancel.Token, stop);
        await new RunLoop(plan, _pipeline, _tally, places, _pause, patience, _options, _changed, _time, _logger, stop, _leave.Token).RunAsync(attempts.RunAsync);
    }

    // Once a silo has died, sources are written down with their silo before they start, so that one that kills its silo at once is found out.
    private async Task SiloKnownAsync(bool died)
    {
        if (died) _record = _record with { Deaths = _record.Deaths + 1 };
        if (_record.Deaths > 0) await _checkpoints.TrySaveAsync();
    }

    private async Task<RunResult> CommitAsync(RunPlan plan)
    {
        try
        {
            var facts = new RunFacts(_tally.Counts, WallSeconds());
            var result = await GrainFactory.GetGrain<IDatasetGrain>(plan.Output).CommitAsync(plan, facts, _cancel.Token);
            _pause.Leave();
            return result;
        }
        catch (Exception lost) when (!_cancel.IsCancellationRequested && SourceLostException.Means(lost))
        {
            throw new SourceLostException(lost);
        }
    }

    // Counts ahead of the work, for the time left; off the grain's scheduler, because a listing may never yield.
    private async Task CountAsync(RunPlan plan, CancellationToken stop)
    {
        if (_tally.TotalSources is not null) return;

        _tally.BeginCounting();
        try
        {
            await Task.Run(async () => { await foreach (var item in _pipeline.ListAsync(plan, stop)) _tally.Count(item.SizeBytes); }, stop);
            _tally.EndCounting();
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SourceInputException || StoreTrouble.Is(trouble))
        {
            // The work meets the same trouble, and is the one to tell it. The total stays unknown.
        }
    }

    private async Task CheckpointAsync(CancellationToken leave)
    {
        using var timer = new PeriodicTimer(_options.CheckpointEvery, _time);
        try
        {
            while (!_record.State.IsEnded() && await timer.WaitForNextTickAsync(leave)) await _checkpoints.TrySaveAsync();
        }
        catch (OperationCanceledException)
        {
            // Somebody else has the run now.
        }
    }

    private async Task EndAsync(Task checkpoints)
    {
        _wallBefore = WallSeconds();
        _begun = null;
        _record = _record with { EndedUtc = _time.GetUtcNow(), WallSeconds = _wallBefore };

        // A keeper asks later too, should this silo die now. Whoever leaves ends here: somebody else has the run.
        var patience = new ClusterPatience(TellAgainAfter, _time, trouble => RunLog.EndNotKept(_logger, trouble, _record.Plan!.RunId));
        await patience.DoAsync(TellEndAsync, _leave.Token);
        DelayDeactivation(TimeSpan.Zero);
        await checkpoints;
    }

    private async Task<bool> TellEndAsync()
    {
        await _checkpoints.SaveAsync();
        await Index.EndedAsync(Entry(_record));
        return true;
    }

    private void StepDown()
    {
        RunLog.TakenOver(_logger, this.GetPrimaryKeyString());
        _leave.Cancel();
        DeactivateOnIdle();
    }

    private RunRecord Snapshot() => _record = _record with
    {
        Counts = _tally.Counts,
        DoneBytes = _tally.DoneBytes,
        Cursor = _tally.Ledger.ToCursor(),
        TotalSources = _tally.TotalSources,
        TotalBytes = _tally.TotalSources is null ? 0 : _tally.TotalBytes,
        Quarantined = _tally.Quarantined.ToList(),
        WallSeconds = WallSeconds(),
        Holder = _holder,
    };

    private double WallSeconds() => _wallBefore + (_begun is { } begun ? _time.GetElapsedTime(begun).TotalSeconds : 0);

    private RunEntry Entry(RunRecord record) => new(
        this.GetPrimaryKeyString(), record.Plan!.Input, record.Plan.Output, record.Plan.Policy.Name, record.State, record.StartedUtc!.Value)
    {
        EndedUtc = record.EndedUtc,
        WallSeconds = record.WallSeconds,
        Sources = record.Counts.Sources,
        Quarantined = record.Counts.Quarantined,
        Retained = record.Counts.Retained,
        Error = record.Error,
    };
}
