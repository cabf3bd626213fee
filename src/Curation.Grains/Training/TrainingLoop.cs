using System.Globalization;
using Curation.Pipeline;
using Curation.Pipeline.Training;
using Microsoft.Extensions.Logging;

namespace Curation.Grains.Training;

/// <summary>Keeps a trainer at work, one after the other, until the training has ended or leaves this silo.</summary>
/// <param name="plan">The training.</param>
/// <param name="launcher">Starts trainers.</param>
/// <param name="options">How patient it is.</param>
/// <param name="time">Clock of the waiting.</param>
/// <param name="logger">The log.</param>
/// <param name="change">Changes the training's record, and gives it as it is then.</param>
/// <param name="save">Writes it.</param>
internal sealed class TrainingLoop(
    TrainingPlan plan, ITrainerLauncher launcher, TrainingOptions options, TimeProvider time, ILogger logger,
    Func<Func<TrainingRecord, TrainingRecord>, TrainingRecord> change, Func<Task> save)
{
    private const int FirstSignal = 128;

    private int _pauses;

    /// <summary>Returns when the training has ended, or no trainer is at work and the training leaves.</summary>
    /// <param name="cancel">Stops the training.</param>
    /// <param name="leave">Stops the trainer only: another silo goes on.</param>
    public async Task RunAsync(CancellationToken cancel, CancellationToken leave)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, leave);
        while (!leave.IsCancellationRequested)
        {
            var record = change(same => same);
            if (cancel.IsCancellationRequested) End(TrainingState.Cancelled, null);
            else if (record.Fruitless >= options.Attempts) End(TrainingState.Failed, string.Create(CultureInfo.InvariantCulture, $"{record.Fruitless} trainers in a row were lost without a new checkpoint. The last one: {record.Error}"));
            else if (await TryAsync(cancel, leave, stop.Token) is { } delay) await PauseAsync(delay, stop.Token);
            if (change(same => same).State.IsEnded()) return;
        }
    }

    // One trainer. Gives the delay before the next one; null where there is none.
    private async Task<TimeSpan?> TryAsync(CancellationToken cancel, CancellationToken leave, CancellationToken stop)
    {
        try
        {
            await using var trainer = await launcher.StartAsync(plan);
            _pauses = 0;
            var record = change(now => now with { State = TrainingState.Running, Starts = now.Starts + 1, Error = null });
            TrainingLog.Started(logger, plan.TrainingId, record.Starts);
            await save();
            return Judge(await FollowAsync(trainer, leave, stop), cancel, leave);
        }
        catch (StoreUnavailableException trouble)
        {
            // Nobody is at fault; somebody else has the output, or a folder is away.
            change(now => now with { State = TrainingState.Waiting, Error = trouble.Message });
            var delay = Backoff(++_pauses);
            TrainingLog.Waits(logger, plan.TrainingId, delay, trouble.Message);
            return delay;
        }
    }

    private async Task<TrainerEnd> FollowAsync(ITrainer trainer, CancellationToken leave, CancellationToken stop)
    {
        while (!trainer.Ended.IsCompleted && !stop.IsCancellationRequested)
        {
            await Task.WhenAny(trainer.Ended, Task.Delay(options.LookEvery, time, stop));
            await LookAsync(trainer);
            await save();
        }

        if (!trainer.Ended.IsCompleted)
        {
            trainer.AskToEnd();
            var (grace, hurry) = leave.IsCancellationRequested ? (options.HandOverGrace, CancellationToken.None) : (options.StopGrace, leave);
            await Task.WhenAny(trainer.Ended, Task.Delay(grace, time, hurry));
            trainer.Kill();
        }

        var end = await trainer.Ended;
        await LookAsync(trainer);
        return end;
    }

    private async Task LookAsync(ITrainer trainer)
    {
        var look = await Task.Run(trainer.Look);
        change(now => now.Seen(look));
    }

    private TimeSpan? Judge(TrainerEnd end, CancellationToken cancel, CancellationToken leave)
    {
        change(now => now with { ExitCode = end.ExitCode });
        if (end.ExitCode == TrainerEnd.Done) return End(TrainingState.Done, null);
        if (leave.IsCancellationRequested) return null;
        if (cancel.IsCancellationRequested) return End(TrainingState.Cancelled, null);
        if (end.ExitCode is TrainerEnd.Stopped or TrainerEnd.Wrong) return End(TrainingState.Failed, Describe(end));

        var record = change(now => now.AfterLoss(Describe(end)));
        var delay = Backoff(record.Fruitless);
        if (record.Fruitless < options.Attempts) TrainingLog.Lost(logger, plan.TrainingId, record.CheckpointStep, delay, record.Error!);
        return record.Fruitless < options.Attempts ? delay : TimeSpan.Zero;
    }

    private TimeSpan? End(TrainingState state, string? error)
    {
        change(now => now with { State = state, Error = error });
        TrainingLog.Ended(logger, plan.TrainingId, state, error);
        return null;
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken stop)
    {
        await save();
        await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private TimeSpan Backoff(int times)
    {
        const int MostDoublings = 20; // Far beyond the longest delay, and far from where the product overflows.
        var delay = options.FirstDelay * Math.Pow(2, Math.Min(times - 1, MostDoublings));
        return delay < options.LongestDelay ? delay : options.LongestDelay;
    }

    private static string Describe(TrainerEnd end)
    {
        var how = end.ExitCode > FirstSignal && end.ExitCode < 2 * FirstSignal
            ? string.Create(CultureInfo.InvariantCulture, $"the trainer was ended by signal {end.ExitCode - FirstSignal}")
            : string.Create(CultureInfo.InvariantCulture, $"the trainer ended with exit code {end.ExitCode}");
        return end.LastLines.Count == 0 ? $"{how} and said nothing" : $"{how}: {string.Join('\n', end.LastLines)}";
    }
}
