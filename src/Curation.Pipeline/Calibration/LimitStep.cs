namespace Curation.Pipeline.Calibration;

/// <summary>A place of a limit on its way: how many of the values in order its bounds turn away.</summary>
/// <param name="Low">Values below the lower bound.</param>
/// <param name="High">Values above the upper bound.</param>
internal readonly record struct LimitStep(int Low, int High);
