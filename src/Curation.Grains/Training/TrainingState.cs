namespace Curation.Grains.Training;

/// <summary>How far a training is.</summary>
public enum TrainingState
{
    /// <summary>Not asked to start yet.</summary>
    Created,

    /// <summary>A trainer is at work.</summary>
    Running,

    /// <summary>No trainer is at work, and one is started soon; the error says what happened to the last one, or what is missing.</summary>
    Waiting,

    /// <summary>All stages are done.</summary>
    Done,

    /// <summary>Somebody cancelled it; its checkpoints stay.</summary>
    Cancelled,

    /// <summary>It cannot go on; the error says why. Its checkpoints stay.</summary>
    Failed,
}
