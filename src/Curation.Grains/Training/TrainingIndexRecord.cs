namespace Curation.Grains.Training;

/// <summary>What the index of trainings keeps.</summary>
public sealed record TrainingIndexRecord
{
    /// <summary>Trainings that have not ended, in the order in which they began.</summary>
    public IReadOnlyList<TrainingEntry> Active { get; init; } = [];

    /// <summary>Trainings that have, the latest first.</summary>
    public IReadOnlyList<TrainingEntry> Ended { get; init; } = [];
}
