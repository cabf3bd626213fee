using Curation.Grains;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Curation.Silo.Following;

/// <summary>Follows a run to its end. A cancellation is passed on to the run, or lets go of it.</summary>
internal sealed class RunFollower(IRunGrain run, IRunView view, TimeProvider time)
{
    /// <summary>How long a cluster may be silent: its silos may be changing places.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Whether a cancellation leaves the run alone and only ends the following.</summary>
    public bool LetsGo { get; init; }

    /// <summary>Returns when the run has ended, cancelled runs included.</summary>
    /// <exception cref="OperationCanceledException">Only where it lets go.</exception>
    /// <exception cref="TimeoutRejectedException">Only where it lets go: nobody answered for as long as it is patient.</exception>
    public async Task<RunProgress> FollowAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var cancelled = false;
        var patience = LetsGo ? Patient() : ResiliencePipeline.Empty;
        using var timer = new PeriodicTimer(PollEvery, time);
        while (true)
        {
            var progress = await patience.ExecuteAsync(async stop => await run.GetProgressAsync().WaitAsync(stop), LetsGo ? cancellationToken : CancellationToken.None);
            view.Show(progress, time.GetElapsedTime(started));
            if (progress.State is RunState.Done or RunState.Cancelled or RunState.Failed) return progress;

            if (LetsGo) cancellationToken.ThrowIfCancellationRequested();
            if (cancellationToken.IsCancellationRequested && !cancelled)
            {
                cancelled = true;
                await run.CancelAsync();
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    // The silo that has the run may die: the next question brings the run back on another one.
    private ResiliencePipeline Patient() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(ClusterTrouble.Is),
            MaxRetryAttempts = int.MaxValue,
            Delay = AskAgain,
        })
        .Build();
}
