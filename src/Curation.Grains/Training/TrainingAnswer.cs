namespace Curation.Grains.Training;

/// <summary>Whether a training was started.</summary>
/// <param name="Faults">Why not; none where it was.</param>
public sealed record TrainingAnswer(IReadOnlyList<string> Faults)
{
    /// <summary>It was.</summary>
    public static TrainingAnswer Started { get; } = new([]);
}
