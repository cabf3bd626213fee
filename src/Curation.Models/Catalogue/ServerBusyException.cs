using System.Net;

namespace Curation.Models.Catalogue;

/// <summary>A server that may answer another time: it said 408, 429 or 5xx.</summary>
/// <param name="status">What it said.</param>
/// <param name="retryAfter">How long it wants to be left alone; null where it did not say.</param>
internal sealed class ServerBusyException(HttpStatusCode status, TimeSpan? retryAfter)
    : HttpRequestException($"The server answered {(int)status}{(retryAfter is { } wait ? $" and asks to wait {wait.TotalSeconds:0} s" : "")}.", null, status)
{
    /// <summary>How long it wants to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
