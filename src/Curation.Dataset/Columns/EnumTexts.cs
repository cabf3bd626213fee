using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Columns;

/// <summary>The texts of enumerations as they stand in rows.</summary>
internal static class EnumTexts
{
    public static string ToText(this VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "pass",
        VerdictOutcome.Reject => "reject",
        VerdictOutcome.Hold => "hold",
        VerdictOutcome.Unmeasured => "unmeasured",
        VerdictOutcome.NotApplicable => "not_applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a verdict."),
    };

    public static string ToText(this MeasurementState state) => state switch
    {
        MeasurementState.Measured => "measured",
        MeasurementState.Unmeasured => "unmeasured",
        MeasurementState.NotApplicable => "not_applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state."),
    };

    public static VerdictOutcome ParseOutcome(string text) =>
        Enum.GetValues<VerdictOutcome>().Cast<VerdictOutcome?>().FirstOrDefault(outcome => outcome!.Value.ToText() == text)
        ?? throw new InvalidDataException($"'{text}' is not a verdict.");

    public static MeasurementState ParseState(string text) =>
        Enum.GetValues<MeasurementState>().Cast<MeasurementState?>().FirstOrDefault(state => state!.Value.ToText() == text)
        ?? throw new InvalidDataException($"'{text}' is not a measurement's state.");
}
