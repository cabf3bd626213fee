namespace Curation.Grains.Training;

/// <summary>How patient trainings are. The times are choices, not measurements: uncalibrated.</summary>
public sealed class TrainingOptions
{
    /// <summary>How many trainers may be lost in a row without a new checkpoint, at least 1; then the training fails.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>Delay before a trainer is started again; it doubles from loss to loss.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such delay.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a training looks at its trainer's files and writes its record.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a cancelled trainer may take for its checkpoint.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a trainer may take for its checkpoint when its silo leaves; below the time in which a silo stops.</summary>
    public TimeSpan HandOverGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often each silo looks whether a training needs to be taken up.</summary>
    public TimeSpan KeepEvery { get; set; } = TimeSpan.FromSeconds(10);
}
