using Polly;
using Polly.Retry;

namespace Curation.Grains;

/// <summary>Does work of the cluster until it is done: what it needs changes places, and comes back.</summary>
internal sealed class ClusterPatience
{
    private readonly ResiliencePipeline<bool> _pipeline;

    /// <summary>Patience without limit.</summary>
    /// <param name="again">How long it waits between two trials.</param>
    /// <param name="time">Clock of the waiting.</param>
    /// <param name="onTrouble">Told of the cluster's trouble that ended a trial.</param>
    public ClusterPatience(TimeSpan again, TimeProvider time, Action<Exception> onTrouble) => _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<bool>
        {
            ShouldHandle = trial => ValueTask.FromResult(trial.Outcome.Exception is { } error ? ClusterTrouble.Is(error) : !trial.Outcome.Result),
            MaxRetryAttempts = int.MaxValue,
            Delay = again,
            OnRetry = trial =>
            {
                if (trial.Outcome.Exception is { } trouble) onTrouble(trouble);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>Does the work, again after each trouble of the cluster and where it says so. It stays on the caller's scheduler.</summary>
    /// <param name="work">May be done more than once; says whether it is done.</param>
    /// <param name="stop">Ends the patience.</param>
    public async Task DoAsync(Func<Task<bool>> work, CancellationToken stop)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, stop);
        try
        {
            await _pipeline.ExecuteAsync(static async (_, work) => await work(), context, work);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
