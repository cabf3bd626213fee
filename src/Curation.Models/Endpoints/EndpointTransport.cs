using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Curation.Models.Endpoints;

/// <summary>
/// The way of one request: wait for a place, try, try again, give up. From outside in: concurrency limit, retries, circuit breaker,
/// time limit of one attempt, budget.
/// </summary>
internal static class EndpointTransport
{
    // Of the attempts inside the window, so many must fail for the circuit to open; uncalibrated.
    private const double FailureRatio = 0.5;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(30), LongestWindow = TimeSpan.FromDays(1);

    /// <summary>Builds the HTTP client of one slot.</summary>
    public static HttpClient Create(EndpointOptions options, EndpointBudget budget, CircuitBreakerStateProvider circuit, EndpointPause pause, TimeProvider time, Action<int, string> onRetry)
    {
        var pipeline = Pipeline(options, circuit, pause, time, onRetry);
        // A redirect could carry the request, and with it the clip, to somewhere nobody configured.
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var metered = new MeteredHandler(budget, pause) { InnerHandler = sockets };
        return new HttpClient(new ResilienceHandler(pipeline) { InnerHandler = metered }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(EndpointOptions options, CircuitBreakerStateProvider circuit, EndpointPause pause, TimeProvider time, Action<int, string> onRetry)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        builder.AddConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.Concurrency, QueueLimit = int.MaxValue });
        if (options.Retries > 0) builder.AddRetry(Retry(options, pause, onRetry));

        return builder
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = FailureWindow(options),
                BreakDuration = options.BreakDuration,
                StateProvider = circuit,
                // A service that asks us to slow down is not down.
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests && HttpClientResiliencePredicates.IsTransient(arguments.Outcome)),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    // As long as it takes a service that hangs to fail so often.
    private static TimeSpan FailureWindow(EndpointOptions options)
    {
        var window = options.Timeout * (1 + Math.Ceiling((double)options.BreakAfter / options.Concurrency));
        return window < ShortestWindow ? ShortestWindow : window > LongestWindow ? LongestWindow : window;
    }

    private static HttpRetryStrategyOptions Retry(EndpointOptions options, EndpointPause pause, Action<int, string> onRetry) => new()
    {
        MaxRetryAttempts = options.Retries,
        Delay = options.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        MaxDelay = options.MaxRetryAfter,
        ShouldRetryAfterHeader = false,
        ShouldHandle = arguments => ValueTask.FromResult(
            HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
            && (pause.RetryAfter(arguments.Outcome.Result) is not { } wait || wait <= options.MaxRetryAfter)),
        DelayGenerator = arguments => ValueTask.FromResult(pause.RetryAfter(arguments.Outcome.Result)),
        OnRetry = arguments =>
        {
            onRetry(arguments.AttemptNumber + 1, Describe(arguments));
            return ValueTask.CompletedTask;
        },
    };

    private static string Describe(OnRetryArguments<HttpResponseMessage> arguments) =>
        arguments.Outcome.Result is { } response ? $"HTTP {(int)response.StatusCode}" : arguments.Outcome.Exception?.GetType().Name ?? "no answer";
}
