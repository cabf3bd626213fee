namespace Curation.Models.Endpoints;

/// <summary>An answer, or why there is none; never both, never a substitute.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record EndpointResult<T>
    where T : class
{
    private EndpointResult(T? value, EndpointFailure? failure, bool fromCache)
    {
        Value = value;
        Failure = failure;
        FromCache = fromCache;
    }

    /// <summary>The answer; null where there is none.</summary>
    public T? Value { get; }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public EndpointFailure? Failure { get; }

    /// <summary>Whether the answer was paid for earlier.</summary>
    public bool FromCache { get; }

    internal static EndpointResult<T> Answered(T value, bool fromCache) => new(value, null, fromCache);

    internal static EndpointResult<T> Failed(EndpointFailureKind kind, string reason) => new(null, new EndpointFailure(kind, reason), false);
}
