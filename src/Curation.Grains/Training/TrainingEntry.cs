namespace Curation.Grains.Training;

/// <summary>A training as the index remembers it.</summary>
/// <param name="TrainingId">Its id.</param>
/// <param name="Config">The trainer's plan.</param>
/// <param name="Dataset">What it trains on.</param>
/// <param name="Output">Where it writes.</param>
/// <param name="State">How far it was when the index was told.</param>
/// <param name="StartedUtc">When somebody started it.</param>
public sealed record TrainingEntry(string TrainingId, string Config, string Dataset, string Output, TrainingState State, DateTimeOffset StartedUtc)
{
    /// <summary>How it stood at its end; null until then.</summary>
    public TrainingProgress? End { get; init; }
}
