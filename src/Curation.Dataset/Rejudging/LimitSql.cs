using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;

namespace Curation.Dataset.Rejudging;

/// <summary>One limit of a policy in SQL: what <see cref="PolicyJudge"/> says of it, as a case of a row.</summary>
/// <param name="policy">The policy.</param>
/// <param name="limit">The limit.</param>
/// <param name="index">Its place in the policy.</param>
internal sealed class LimitSql(Policy policy, Limit limit, int index)
{
    private const int Pass = 0, OtherSplit = 1, NotApplicable = 2, Absent = 3, Unmeasured = 4, Doubtful = 5, TooLow = 6, TooHigh = 7, Uncut = 8;

    private readonly MeasurementDefinition _definition = MeasurementCatalog.Get(limit.Name);

    /// <summary>The filter's name.</summary>
    public string Filter => limit.Name;

    /// <summary>The column that says which case a row is.</summary>
    public string CaseColumn => $"_case{index}";

    /// <summary>The column that says why a value is missing.</summary>
    public string MissingColumn => $"_missing{index}";

    /// <summary>Whether what was measured breaks the limit.</summary>
    public string Breaks => $"{CaseColumn} IN ({TooLow}, {TooHigh})";

    /// <summary>Whether the value is missing and the policy says reject.</summary>
    public string? MissingRejects => Rule == UnmeasuredRule.Reject ? Missing : null;

    /// <summary>Whether the value is missing and the policy says hold.</summary>
    public string? MissingHolds => Rule == UnmeasuredRule.Hold ? Missing : null;

    /// <summary>Whether it is judged after the cut only: <see cref="Verdict"/> is NULL for a clip without media.</summary>
    public bool OfWrittenClip => _definition.OfWrittenClip;

    private UnmeasuredRule Rule => limit.Unmeasured ?? policy.Unmeasured;

    private string Missing => $"{CaseColumn} IN ({Absent}, {Unmeasured}, {Doubtful})";

    private string Value => SqlText.Name(limit.Name);

    /// <summary>Computes <see cref="CaseColumn"/> from the row.</summary>
    public string Case()
    {
        var cases = new List<string>();
        if (OfWrittenClip) cases.Add($"WHEN media_path IS NULL THEN {Uncut}");
        if (limit.For.Count > 0) cases.Add($"WHEN split IS NOT NULL AND split NOT IN ({string.Join(", ", limit.For.Select(kind => SqlText.Quote(kind.ToName())))}) THEN {OtherSplit}");
        cases.Add($"WHEN {Value} IS NULL THEN (CASE {MeasurementSql.StateOf(limit.Name)} WHEN {SqlText.Quote(MeasurementState.NotApplicable.ToText())} THEN {NotApplicable} WHEN {SqlText.Quote(MeasurementState.Unmeasured.ToText())} THEN {Unmeasured} ELSE {Absent} END)");
        if (Confidence is var (confidence, needed)) cases.Add($"WHEN {confidence} < {SqlText.Number(needed)} THEN {Doubtful}");
        if (limit.Min is { } min) cases.Add($"WHEN {Value} < {SqlText.Number(min)} THEN {TooLow}");
        if (limit.MaxAbs is { } abs)
        {
            cases.Add($"WHEN {Value} < {SqlText.Number(-abs)} THEN {TooLow}");
            cases.Add($"WHEN {Value} > {SqlText.Number(abs)} THEN {TooHigh}");
        }

        if (limit.Max is { } max) cases.Add($"WHEN {Value} > {SqlText.Number(max)} THEN {TooHigh}");
        return $"(CASE {string.Join(' ', cases)} ELSE {Pass} END)::TINYINT";
    }

    /// <summary>Computes <see cref="MissingColumn"/> from the row and its case.</summary>
    public string MissingReason()
    {
        var doubtful = Confidence is var (confidence, needed)
            ? $" WHEN {Doubtful} THEN 'confidence ' || {NumberSql.Format(confidence, 2)} || {SqlText.Quote($" is below {needed.ToString("0.##", CultureInfo.InvariantCulture)}")}"
            : "";
        return $"(CASE {CaseColumn} WHEN {OtherSplit} THEN 'does not apply to ' || split WHEN {Absent} THEN 'was not measured' WHEN {NotApplicable} THEN {MeasurementSql.ReasonOf(limit.Name)} WHEN {Unmeasured} THEN {MeasurementSql.ReasonOf(limit.Name)}{doubtful} END)";
    }

    /// <summary>The verdict as an element of the column <c>verdicts</c>.</summary>
    public string Verdict()
    {
        var missing = Rule switch { UnmeasuredRule.Pass => VerdictOutcome.Unmeasured, UnmeasuredRule.Reject => VerdictOutcome.Reject, _ => VerdictOutcome.Hold };
        var outcome = $"CASE WHEN {CaseColumn} = {Pass} THEN {Text(VerdictOutcome.Pass)} WHEN {CaseColumn} IN ({OtherSplit}, {NotApplicable}) THEN {Text(VerdictOutcome.NotApplicable)} WHEN {Breaks} THEN {Text(VerdictOutcome.Reject)} ELSE {Text(missing)} END";
        var value = $"CASE WHEN {CaseColumn} IN ({Pass}, {Doubtful}, {TooLow}, {TooHigh}) THEN {Value} END";
        var verdict = $"struct_pack(filter := {SqlText.Quote(limit.Name)}, outcome := {outcome}, value := {value}, \"limit\" := {SqlText.Quote(limit.Describe())}, reason := {Reason()})";
        return OfWrittenClip ? $"CASE WHEN {CaseColumn} <> {Uncut} THEN {verdict} END" : verdict;
    }

    /// <summary>Why the limit rejects or holds; NULL where it passes.</summary>
    public string Reason()
    {
        var missing = Rule == UnmeasuredRule.Reject ? $"{SqlText.Quote(PolicyJudge.NoMeasurement)} || {MissingColumn}" : MissingColumn;
        return $"(CASE WHEN {CaseColumn} = {Pass} THEN NULL WHEN {CaseColumn} = {TooLow} THEN {Broken(_definition.TooLow)} WHEN {CaseColumn} = {TooHigh} THEN {Broken(_definition.TooHigh)} WHEN {Missing} THEN {missing} ELSE {MissingColumn} END)";
    }

    private (string Value, double Needed)? Confidence =>
        limit.MinConfidence is { } needed && _definition.ConfidenceName is { } name ? ($"coalesce({SqlText.Name(name)}, 0)", needed) : null;

    // Of a copy the best one's name is what its reader wants to know.
    private string Broken(string? words)
    {
        var best = limit.Name == DuplicateMeasurement.Name ? $" || coalesce(' (' || replace({ClipColumns.DuplicateKind}, '_', ' ') || ' as ' || {ClipColumns.DuplicateOf} || ')', '')" : "";
        return $"{SqlText.Quote($"{words ?? _definition.Title}: {limit.Name} is ")} || {NumberSql.Format(Value, 4)} || {SqlText.Quote($" {_definition.Unit}, limit {limit.Describe()}")}{best}";
    }

    private static string Text(VerdictOutcome outcome) => SqlText.Quote(outcome.ToText());
}
