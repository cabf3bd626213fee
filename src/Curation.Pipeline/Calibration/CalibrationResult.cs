using Curation.Clips.Deciding;

namespace Curation.Pipeline.Calibration;

/// <summary>A proposed policy, and what it does.</summary>
/// <param name="Base">The policy it started from.</param>
/// <param name="Proposed">The policy with the new bounds; all else is the base's.</param>
/// <param name="Limits">Every limit, in the policy's order.</param>
/// <param name="Before">What the base policy makes of the clips.</param>
/// <param name="After">What the proposed policy makes of the clips.</param>
public sealed record CalibrationResult(Policy Base, Policy Proposed, IReadOnlyList<LimitCalibration> Limits, OutcomeCounts Before, OutcomeCounts After)
{
    /// <summary>The share of clips that was asked for; null where labels decided.</summary>
    public double? Target { get; init; }

    /// <summary>How far limits went, -1..1, see <see cref="RetentionCalibrator"/>; null where labels decided.</summary>
    public double? Strength { get; init; }

    /// <summary>How the policies agree with the labels; null where a target decided.</summary>
    public LabelAgreement? Labels { get; init; }

    /// <summary>Clips that the movable bounds decide on: limits go along their values; null where labels decided.</summary>
    public int? Decided { get; init; }

    /// <summary>Clips that no bounds could let pass, and why, in words; empty where there is none.</summary>
    public IReadOnlyList<string> Undecidable { get; init; } = [];

    /// <summary>Limits that hold clips because no clip has their measurement.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];
}
