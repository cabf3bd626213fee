namespace Curation.Filters.Alignment;

/// <summary>How loud 10 ms of sound are.</summary>
/// <param name="Power">Mean square of the samples, 0..1 nominally; 0 is digital silence.</param>
public readonly record struct OnsetFrame(float Power)
{
    /// <summary>Length of a frame; frame i of a stream covers [10 i, 10 i + 10) ms after its first sample.</summary>
    public static TimeSpan Step => TimeSpan.FromMilliseconds(10);
}
