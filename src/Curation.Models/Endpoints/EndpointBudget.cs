namespace Curation.Models.Endpoints;

/// <summary>What one slot may still spend in this run, on this silo. Safe for several threads.</summary>
/// <param name="maxRequests">Requests, every retry counted; null is without limit.</param>
/// <param name="maxTokens">Tokens of questions and answers; null is without limit.</param>
public sealed class EndpointBudget(long? maxRequests, long? maxTokens)
{
    private long _requests;
    private long _tokens;

    /// <summary>Requests sent.</summary>
    public long Requests => Math.Min(Interlocked.Read(ref _requests), maxRequests ?? long.MaxValue);

    /// <summary>Tokens spent, as the service counted them; where it counts nothing, estimated from the answer's length.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>Why nothing more may be asked; null while something is left.</summary>
    public string? Exhausted =>
        maxRequests is { } requests && Interlocked.Read(ref _requests) >= requests ? $"the run's budget of {requests} requests is spent"
        : maxTokens is { } tokens && Tokens >= tokens ? $"the run's budget of {tokens} tokens is spent"
        : null;

    /// <summary>Counts a request that is about to be sent.</summary>
    /// <returns>Whether it may be sent.</returns>
    internal bool TrySend()
    {
        if (maxTokens is { } tokens && Tokens >= tokens) return false;

        return Interlocked.Increment(ref _requests) <= (maxRequests ?? long.MaxValue);
    }

    /// <summary>Counts what an answer cost.</summary>
    internal void Spend(long tokens) => Interlocked.Add(ref _tokens, Math.Max(0, tokens));
}
