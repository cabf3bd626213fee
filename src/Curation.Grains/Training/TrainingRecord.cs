using Curation.Pipeline.Training;

namespace Curation.Grains.Training;

/// <summary>What a training keeps outside memory, so that any silo with the role can go on with it.</summary>
public sealed record TrainingRecord
{
    /// <summary>What to do; null for a training that nobody started.</summary>
    public TrainingPlan? Plan { get; init; }

    /// <summary>How far it is.</summary>
    public TrainingState State { get; init; }

    /// <summary>When somebody started it.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended, however it did.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>The last step that the trainer wrote down; null before the first.</summary>
    public long? Step { get; init; }

    /// <summary>Steps of the whole training; null until the trainer says.</summary>
    public long? Steps { get; init; }

    /// <summary>The loss of the last step; null where it is unknown or not finite.</summary>
    public double? Loss { get; init; }

    /// <summary>Step of the newest checkpoint; null where there is none.</summary>
    public long? CheckpointStep { get; init; }

    /// <summary>Where the trainer is, or was last: the silo's address.</summary>
    public string? Silo { get; init; }

    /// <summary>How often a trainer was started.</summary>
    public int Starts { get; init; }

    /// <summary>Silos that died with the trainer.</summary>
    public int Deaths { get; init; }

    /// <summary>Trainers in a row that were lost without a new checkpoint between them.</summary>
    public int Fruitless { get; init; }

    /// <summary>Step of the newest checkpoint when the last trainer was lost.</summary>
    public long? FruitfulStep { get; init; }

    /// <summary>How the last trainer ended; null while none has.</summary>
    public int? ExitCode { get; init; }

    /// <summary>True where its silo left in good order and stopped the trainer.</summary>
    public bool HandedOver { get; init; }

    /// <summary>True once somebody cancelled it.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Why it failed or waits; null where it does neither.</summary>
    public string? Error { get; init; }

    /// <summary>Names the activation that wrote it: two at once, as after a network split, must not both go on.</summary>
    public string? Holder { get; init; }

    /// <summary>This training after it lost a trainer: a checkpoint that is newer than at the last loss makes up for all losses before.</summary>
    /// <param name="error">What happened.</param>
    /// <returns>The training as it waits for its next trainer.</returns>
    public TrainingRecord AfterLoss(string error) => this with
    {
        State = TrainingState.Waiting,
        Error = error,
        Fruitless = CheckpointStep > FruitfulStep ? 1 : Fruitless + 1,
        FruitfulStep = CheckpointStep ?? FruitfulStep,
    };

    /// <summary>This training with what a look at its trainer brought.</summary>
    /// <param name="look">What could be read; what could not stays as it was known.</param>
    public TrainingRecord Seen(TrainerLook look)
    {
        ArgumentNullException.ThrowIfNull(look);

        return this with
        {
            Step = look.Step ?? Step,
            Steps = look.Steps ?? Steps,
            Loss = look.Step is null ? Loss : look.Loss,
            CheckpointStep = look.CheckpointStep ?? CheckpointStep,
        };
    }
}
