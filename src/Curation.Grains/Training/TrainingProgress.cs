namespace Curation.Grains.Training;

/// <summary>How far a training is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Error">Why it failed or waits; null where it does neither.</param>
public sealed record TrainingProgress(TrainingState State, string? Error)
{
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

    /// <summary>How the last trainer ended; null while none has.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When somebody started it.</summary>
    public DateTimeOffset? StartedUtc { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedUtc { get; init; }
}
