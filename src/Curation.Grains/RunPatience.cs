using Curation.Grains.Placement;
using Curation.Pipeline;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Curation.Grains;

/// <summary>Tries a run's work again: without limit while the store does not answer, a role has no silo or silos drain, a few times where silos are lost.</summary>
internal sealed class RunPatience
{
    private readonly ResiliencePipeline _pipeline;
    private readonly CancellationToken _stop;

    /// <summary>The patience of one run.</summary>
    /// <param name="runId">For the log.</param>
    /// <param name="options">How patient.</param>
    /// <param name="pause">Told while the store does not answer.</param>
    /// <param name="time">Clock of the delays.</param>
    /// <param name="logger">The log.</param>
    /// <param name="stop">Ends the patience.</param>
    public RunPatience(string runId, RunOptions options, RunPause pause, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        _stop = stop;
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.PausesOnStoreTrouble)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = trial => ValueTask.FromResult(trial.Outcome.Exception is StoreUnavailableException or RoleUnavailableException),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.FirstPause,
                MaxDelay = options.LongestPause,
                OnRetry = trial =>
                {
                    pause.Enter(trial.Outcome.Exception!.Message);
                    RunLog.Paused(logger, runId, trial.RetryDelay, trial.Outcome.Exception.Message);
                    return ValueTask.CompletedTask;
                },
            });
        }

        _pipeline = builder
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = trial => ValueTask.FromResult(trial.Outcome.Exception is SiloDrainingException),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstRetryDelay,
                MaxDelay = options.LongestRetryDelay,
            })
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = trial => ValueTask.FromResult(trial.Outcome.Exception is SourceLostException),
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstRetryDelay,
                MaxDelay = options.LongestRetryDelay,
                OnRetry = trial =>
                {
                    var work = trial.Context.OperationKey ?? runId;
                    RunLog.SourceLost(logger, work, trial.AttemptNumber + 1, trial.RetryDelay, trial.Outcome.Exception?.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Whether work has to wait for others, who are not at fault either: no attempt is counted.</summary>
    public static bool MustWait(Exception error) => error is StoreUnavailableException or RoleUnavailableException or SiloDrainingException;

    /// <summary>Does work, again where that helps. It stays on the grain's own scheduler.</summary>
    /// <param name="name">Names the work in the log.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work gave, or the last trouble where patience ended.</returns>
    public async Task<T> DoAsync<T>(string name, Func<Task<T>> work)
    {
        var context = ResilienceContextPool.Shared.Get(name, continueOnCapturedContext: true, _stop);
        try
        {
            return await _pipeline.ExecuteAsync(static async (_, work) => await work(), context, work);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
