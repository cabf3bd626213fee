namespace Curation.Clips.Measuring;

/// <summary>Whether a measurement was made.</summary>
public enum MeasurementState
{
    /// <summary>There is a value.</summary>
    Measured,

    /// <summary>It could not be made; the reason says why.</summary>
    Unmeasured,

    /// <summary>It has no meaning for this clip, such as a speech score where nobody speaks.</summary>
    NotApplicable,
}
