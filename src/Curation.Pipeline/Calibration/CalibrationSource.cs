namespace Curation.Pipeline.Calibration;

/// <summary>What a policy was calibrated on.</summary>
/// <param name="Dataset">Address of the data set.</param>
/// <param name="Snapshot">Name of the snapshot.</param>
/// <param name="Base">The policy it started from, as it was asked for.</param>
public sealed record CalibrationSource(string Dataset, string Snapshot, string Base);
