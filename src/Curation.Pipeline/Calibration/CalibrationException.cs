namespace Curation.Pipeline.Calibration;

/// <summary>No policy can be proposed from what there is. Holds everything that is in the way.</summary>
/// <param name="faults">What is wrong and what to do.</param>
public sealed class CalibrationException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>What is wrong and what to do.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
