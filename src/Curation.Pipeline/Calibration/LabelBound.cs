namespace Curation.Pipeline.Calibration;

/// <summary>The bound of a limit that labels are compared with.</summary>
public enum LabelBound
{
    /// <summary>Smallest value that passes.</summary>
    Min,

    /// <summary>Largest value that passes.</summary>
    Max,

    /// <summary>Largest absolute value that passes.</summary>
    MaxAbs,
}
