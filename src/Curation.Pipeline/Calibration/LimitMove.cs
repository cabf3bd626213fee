namespace Curation.Pipeline.Calibration;

/// <summary>What calibration did with a limit.</summary>
public enum LimitMove
{
    /// <summary>It got other bounds.</summary>
    Moved,

    /// <summary>It was looked at, and its bounds are right as they are.</summary>
    Kept,

    /// <summary>It is never moved.</summary>
    Fixed,

    /// <summary>There is nothing, or not enough, to move it by.</summary>
    NotCalibrated,
}
