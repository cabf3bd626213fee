using Curation.Grains;
using Curation.Grains.Training;

namespace Curation.Silo.Commands;

/// <summary>Follows a training to its end and tells, a line now and then, how far it is.</summary>
internal sealed class TrainFollower(ITrainingGrain training, TextWriter view, TimeProvider time)
{
    /// <summary>How long it may be silent: its silo may be being replaced.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private TrainingProgress? _told;
    private long _toldAt;

    /// <summary>Returns when the training has ended; null where it was silent for too long.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants to follow it any more.</exception>
    public async Task<TrainingProgress?> FollowAsync(CancellationToken cancellationToken)
    {
        var answered = time.GetTimestamp();
        var silent = false;
        using var timer = new PeriodicTimer(PollEvery, time);
        while (true)
        {
            try
            {
                var progress = await training.GetProgressAsync().WaitAsync(cancellationToken);
                (answered, silent) = (time.GetTimestamp(), false);
                await TellAsync(progress);
                if (progress.State.IsEnded()) return progress;
            }
            catch (Exception away) when (ClusterTrouble.Is(away))
            {
                if (time.GetElapsedTime(answered) > Patience) return null;
                if (!silent) await view.WriteLineAsync($"no answer; asking again: {away.Message}");
                silent = true;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task TellAsync(TrainingProgress progress)
    {
        if (progress == _told) return;

        var changed = _told is null || (progress.State, progress.Starts) != (_told.State, _told.Starts);
        if (!changed && time.GetElapsedTime(_toldAt) < TellEvery) return;

        (_told, _toldAt) = (progress, time.GetTimestamp());
        await view.WriteLineAsync(TrainRow.Describe(progress));
        if (changed && progress is { State: TrainingState.Waiting, Error: { } error }) await view.WriteLineAsync($"  {error}");
    }
}
