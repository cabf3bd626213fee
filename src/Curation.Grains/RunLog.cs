using Microsoft.Extensions.Logging;

namespace Curation.Grains;

/// <summary>What runs log.</summary>
internal static partial class RunLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Run {RunId} failed")]
    public static partial void RunFailed(ILogger logger, Exception error, string runId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Source {Uri} failed unexpectedly and is quarantined")]
    public static partial void SourceFailed(ILogger logger, Exception error, string uri);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Source {Uri} was lost, attempt {Attempt}; it is tried again in {Delay}: {Reason}")]
    public static partial void SourceLost(ILogger logger, string uri, int attempt, TimeSpan delay, string? reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Run {RunId} waits {Delay} for its store or for a silo: {Reason}")]
    public static partial void Paused(ILogger logger, string runId, TimeSpan delay, string? reason);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "A checkpoint of run {RunId} could not be written; the next one carries everything")]
    public static partial void CheckpointFailed(ILogger logger, Exception error, string runId);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "Run {RunId} is taken up for the {Attempt}. time, at source {Position} of its listing")]
    public static partial void TakenUp(ILogger logger, string runId, int attempt, long position);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "Run {RunId} begins anew: its listing has changed. Finished sources are not done again")]
    public static partial void ListingChanged(ILogger logger, string runId);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "Run {RunId} was taken over by another silo; this one leaves it")]
    public static partial void TakenOver(ILogger logger, string runId);

    [LoggerMessage(EventId = 10, Level = LogLevel.Debug, Message = "Runs could not be looked after; the next round does it")]
    public static partial void KeepingFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "Run {RunId} could not be taken up; the next round tries again")]
    public static partial void TakeUpFailed(ILogger logger, Exception error, string runId);

    [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "The end of run {RunId} could not be written down or told to the index of runs; both are tried again")]
    public static partial void EndNotKept(ILogger logger, Exception error, string runId);
}
