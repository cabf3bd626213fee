namespace Curation.Filters.Alignment;

/// <summary>How loud 10 ms of sound are, in all and in four bands.</summary>
/// <param name="Power">Mean square of the samples, 0..1 nominally; 0 is digital silence.</param>
/// <param name="Low">Mean square below about 250 Hz.</param>
/// <param name="MidLow">Mean square from about 250 Hz to 1 kHz.</param>
/// <param name="MidHigh">Mean square from about 1 kHz to 4 kHz.</param>
/// <param name="High">Mean square above about 4 kHz.</param>
public readonly record struct OnsetFrame(float Power, float Low, float MidLow, float MidHigh, float High)
{
    /// <summary>Length of a frame; frame i of a stream covers [10 i, 10 i + 10) ms after its first sample.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
}
