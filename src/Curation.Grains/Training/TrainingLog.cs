using Microsoft.Extensions.Logging;

namespace Curation.Grains.Training;

/// <summary>What trainings log.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Training {TrainingId}: trainer {Start} is started")]
    public static partial void Started(ILogger logger, string trainingId, int start);

    [LoggerMessage(EventId = 502, Level = LogLevel.Warning, Message = "Training {TrainingId} lost its trainer at checkpoint {CheckpointStep}; the next one is started in {Delay}: {Reason}")]
    public static partial void Lost(ILogger logger, string trainingId, long? checkpointStep, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 503, Level = LogLevel.Warning, Message = "Training {TrainingId} waits {Delay}: {Reason}")]
    public static partial void Waits(ILogger logger, string trainingId, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 504, Level = LogLevel.Information, Message = "Training {TrainingId} has ended: {State} {Reason}")]
    public static partial void Ended(ILogger logger, string trainingId, TrainingState state, string? reason);

    [LoggerMessage(EventId = 505, Level = LogLevel.Error, Message = "Training {TrainingId} failed")]
    public static partial void Failed(ILogger logger, Exception error, string trainingId);

    [LoggerMessage(EventId = 506, Level = LogLevel.Warning, Message = "Training {TrainingId} was taken over by another silo; this one leaves it")]
    public static partial void TakenOver(ILogger logger, string trainingId);

    [LoggerMessage(EventId = 507, Level = LogLevel.Warning, Message = "The end of training {TrainingId} could not be written down or told to the index; both are tried again")]
    public static partial void EndNotKept(ILogger logger, Exception error, string trainingId);

    [LoggerMessage(EventId = 508, Level = LogLevel.Debug, Message = "Trainings could not be looked after; the next round does it")]
    public static partial void KeepingFailed(ILogger logger, Exception error);

    [LoggerMessage(EventId = 509, Level = LogLevel.Warning, Message = "Training {TrainingId} could not be taken up; the next round tries again")]
    public static partial void TakeUpFailed(ILogger logger, Exception error, string trainingId);
}
