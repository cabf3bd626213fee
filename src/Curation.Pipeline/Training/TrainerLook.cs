namespace Curation.Pipeline.Training;

/// <summary>How far a trainer is.</summary>
/// <param name="Step">The last step that is written down, 0 or above; null where none can be read.</param>
/// <param name="Steps">Steps of the whole training; null until the trainer says.</param>
/// <param name="Loss">The loss of that step; null where it is unknown or not finite.</param>
/// <param name="CheckpointStep">Step of the newest checkpoint; null where there is none.</param>
public sealed record TrainerLook(long? Step, long? Steps, double? Loss, long? CheckpointStep);
