using Curation.Grains;

namespace Curation.Silo.Following;

/// <summary>Follows a run to its end, and passes a cancellation on to it.</summary>
internal sealed class RunFollower(IRunGrain run, IRunView view, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns when the run has ended, cancelled runs included.</summary>
    public async Task<RunProgress> FollowAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var cancelled = false;
        using var timer = new PeriodicTimer(PollEvery, time);
        while (true)
        {
            var progress = await run.GetProgressAsync();
            view.Show(progress, time.GetElapsedTime(started));
            if (progress.State is RunState.Done or RunState.Cancelled or RunState.Failed) return progress;

            if (cancellationToken.IsCancellationRequested && !cancelled)
            {
                cancelled = true;
                await run.CancelAsync();
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
