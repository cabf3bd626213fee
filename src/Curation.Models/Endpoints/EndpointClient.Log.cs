using Microsoft.Extensions.Logging;

namespace Curation.Models.Endpoints;

public sealed partial class EndpointClient
{
    [LoggerMessage(3201, LogLevel.Debug, "{Slot}: attempt {Attempt} failed ({What}), trying again")]
    private static partial void LogRetry(ILogger logger, string slot, int attempt, string what);

    [LoggerMessage(3202, LogLevel.Warning, "{Slot}: no answer ({Kind}): {Reason}")]
    private static partial void LogFailure(ILogger logger, string slot, EndpointFailureKind kind, string reason);

    [LoggerMessage(3203, LogLevel.Warning, "{Slot}: an answer could not be kept and would be paid for again: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string slot, string reason);
}
