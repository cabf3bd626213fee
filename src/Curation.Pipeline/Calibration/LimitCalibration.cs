using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>One limit before and after.</summary>
/// <param name="Old">As the base policy has it.</param>
/// <param name="New">As the proposed policy has it.</param>
/// <param name="Move">What was done with it.</param>
/// <param name="Note">Why, in words.</param>
/// <param name="Measured">Clips with a value that its bounds decide on.</param>
/// <param name="Before">Its part in the base policy.</param>
/// <param name="After">Its part in the proposed policy.</param>
public sealed record LimitCalibration(Limit Old, Limit New, LimitMove Move, string Note, int Measured, LimitEffect Before, LimitEffect After)
{
    /// <summary>How much the measurement tells clips apart, 0..1; null where it was not asked.</summary>
    public double? Information { get; init; }

    /// <summary>Curves over the labels, one for each bound; empty without labels.</summary>
    public IReadOnlyList<PrecisionRecallCurve> Curves { get; init; } = [];
}
