using Curation.Grains;
using Polly;
using Polly.Retry;

namespace Curation.Silo.Cluster;

/// <summary>Asks a cluster again whose silos change places: a silo that died is known to be dead after about ten seconds.</summary>
internal static class ClusterPatience
{
    private const int Tries = 6;

    private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(ClusterTrouble.Is),
            MaxRetryAttempts = Tries,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(10),
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    /// <summary>Asks until there is an answer, for about a minute. Only for questions that may be asked twice.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="cancellationToken">Ends the patience.</param>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        await Pipeline.ExecuteAsync(async _ => await ask(), cancellationToken);
}
