using Curation.Grains.Placement;
using Curation.Pipeline.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Curation.Grains.Training;

/// <inheritdoc cref="ITrainingGrain" />
[Role(SiloRoles.Trainer)]
public sealed class TrainingGrain : Grain, ITrainingGrain, IDisposable
{
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(1);

    private readonly IPersistentState<TrainingRecord> _state;
    private readonly ITrainerLauncher _launcher;
    private readonly TrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TrainingGrain> _logger;
    private readonly string _silo;
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly RunCheckpoints<TrainingRecord> _checkpoints;
    private TrainingRecord _record = new();
    private Task _work = Task.CompletedTask;

    /// <summary>A training.</summary>
    /// <param name="state">Its record.</param>
    /// <param name="launcher">Starts trainers.</param>
    /// <param name="options">How patient it is.</param>
    /// <param name="self">This silo.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logger">The log.</param>
    public TrainingGrain(
        [PersistentState("training", CurationGrains.StateStorage)] IPersistentState<TrainingRecord> state,
        ITrainerLauncher launcher, IOptions<TrainingOptions> options, ILocalSiloDetails self, TimeProvider time, ILogger<TrainingGrain> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(self);

        (_state, _launcher, _options, _time, _logger) = (state, launcher, options.Value, time, logger);
        _silo = self.SiloAddress.Endpoint.ToString();
        _checkpoints = new RunCheckpoints<TrainingRecord>(
            state, () => _record = _record with { Holder = _holder }, record => record.Holder, _holder, StepDown, this.GetPrimaryKeyString(), logger);
    }

    private ITrainingIndexGrain Index => GrainFactory.GetGrain<ITrainingIndexGrain>(ITrainingIndexGrain.Key);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = _state.State;
        if (_record.CancelRequested) _cancel.Cancel();
        if (_record.Plan is { } plan && !_record.State.IsEnded()) TakeUp(plan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_work.IsCompleted || _leave.IsCancellationRequested) return;

        // The trainer writes a checkpoint and ends, before another silo starts the next one.
        await _leave.CancelAsync();
        await _work.WaitAsync(cancellationToken).TroubleAsync();
        if (cancellationToken.IsCancellationRequested) return;

        _record = _record with { HandedOver = true };
        await _checkpoints.TrySaveAsync();
    }

    /// <inheritdoc />
    public async Task<TrainingAnswer> StartAsync(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_record.Plan is not null) return TrainingAnswer.Started;

        var faults = await Task.Run(() => _launcher.FindFaults(plan));
        if (faults.Count > 0) return new TrainingAnswer(faults);

        // First the index: it keeps others off the output, and no training is ever at work of which no keeper knows.
        var started = new TrainingRecord { Plan = plan, State = TrainingState.Waiting, StartedUtc = _time.GetUtcNow() };
        if (await Index.ClaimAsync(Entry(started)) is { } other)
        {
            return new TrainingAnswer([$"--output {plan.Output}: training {other} writes there; wait for its end (curate train show {other}) or cancel it (curate train cancel {other})."]);
        }

        _record = started;
        var saved = false;
        try
        {
            await _checkpoints.SaveAsync();
            saved = true;
        }
        finally
        {
            if (!saved) _record = new TrainingRecord();
        }

        Begin(plan);
        return TrainingAnswer.Started;
    }

    /// <inheritdoc />
    public Task<TrainingProgress> GetProgressAsync() => Task.FromResult(Progress(_record));

    /// <inheritdoc />
    public async Task<bool> CancelAsync()
    {
        if (_record.Plan is null || _record.State.IsEnded()) return false;

        _record = _record with { CancelRequested = true };
        await _cancel.CancelAsync();

        // Before the trainer has ended, its silo may die: the next one must know.
        await _checkpoints.TrySaveAsync();
        return true;
    }

    /// <inheritdoc />
    public async Task<TrainingState> KeepAsync()
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
    public void Dispose()
    {
        _leave.Cancel();
        _cancel.Dispose();
        _leave.Dispose();
        _checkpoints.Dispose();
    }

    private void TakeUp(TrainingPlan plan)
    {
        // A trainer that was not handed over died with its silo, and maybe not by chance.
        var died = _record is { HandedOver: false, State: TrainingState.Running };
        if (died) _record = _record.AfterLoss($"its silo {_record.Silo} died") with { Deaths = _record.Deaths + 1 };
        _record = _record with { HandedOver = false };
        Begin(plan);
    }

    private void Begin(TrainingPlan plan)
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _work = RunAsync(plan);
        _work.Ignore();
    }

    private async Task RunAsync(TrainingPlan plan)
    {
        await Task.Yield();
        try
        {
            await new TrainingLoop(plan, _launcher, _options, _time, _logger, Change, _checkpoints.TrySaveAsync).RunAsync(_cancel.Token, _leave.Token);
        }
        catch (Exception) when (_leave.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            // A bug, or a machine that refuses: the training ends and says why; its checkpoints stay.
            TrainingLog.Failed(_logger, error, plan.TrainingId);
            _record = _record with { State = TrainingState.Failed, Error = error.Message };
        }

        if (_record.State.IsEnded()) await EndAsync();
    }

    private TrainingRecord Change(Func<TrainingRecord, TrainingRecord> change) => _record = change(_record) with { Silo = _silo };

    private async Task EndAsync()
    {
        _record = _record with { EndedUtc = _time.GetUtcNow() };

        // A keeper asks later too, should this silo die now. Whoever leaves ends here.
        var patience = new ClusterPatience(TellAgainAfter, _time, trouble => TrainingLog.EndNotKept(_logger, trouble, _record.Plan!.TrainingId));
        await patience.DoAsync(TellEndAsync, _leave.Token);
        DelayDeactivation(TimeSpan.Zero);
    }

    private async Task<bool> TellEndAsync()
    {
        await _checkpoints.SaveAsync();
        await Index.EndedAsync(Entry(_record));
        return true;
    }

    private void StepDown()
    {
        TrainingLog.TakenOver(_logger, this.GetPrimaryKeyString());
        _leave.Cancel();
        DeactivateOnIdle();
    }

    private TrainingEntry Entry(TrainingRecord record) => new(
        this.GetPrimaryKeyString(), record.Plan!.Config, record.Plan.Dataset, record.Plan.Output, record.State, record.StartedUtc!.Value)
    {
        End = record.State.IsEnded() ? Progress(record) : null,
    };

    private static TrainingProgress Progress(TrainingRecord record) => new(record.State, record.Error)
    {
        Step = record.Step,
        Steps = record.Steps,
        Loss = record.Loss,
        CheckpointStep = record.CheckpointStep,
        Silo = record.Silo,
        Starts = record.Starts,
        Deaths = record.Deaths,
        ExitCode = record.ExitCode,
        StartedUtc = record.StartedUtc,
        EndedUtc = record.EndedUtc,
    };
}
