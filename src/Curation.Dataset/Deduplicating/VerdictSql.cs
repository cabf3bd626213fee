using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;

namespace Curation.Dataset.Deduplicating;

/// <summary>What follows from a row's list of verdicts, in SQL: as <see cref="PolicyJudge"/> concludes from its own.</summary>
internal static class VerdictSql
{
    /// <summary>The verdicts of a row but the one on copies.</summary>
    public static string Others { get; } = $"list_filter(verdicts, lambda v: v.filter <> {SqlText.Quote(DuplicateMeasurement.Name)})";

    /// <summary>What becomes of a clip, as <see cref="PolicySql.CodeOf"/> has it.</summary>
    /// <param name="verdicts">An expression of a list of verdicts.</param>
    public static string Outcome(string verdicts) =>
        $"(CASE WHEN {Has(verdicts, VerdictOutcome.Reject)} THEN {PolicySql.CodeOf(ClipOutcome.Rejected)} WHEN {Has(verdicts, VerdictOutcome.Hold)} THEN {PolicySql.CodeOf(ClipOutcome.Held)} ELSE {PolicySql.CodeOf(ClipOutcome.Retained)} END)::TINYINT";

    /// <summary>The verdict that names a rejection: the first of what was measured, else the first.</summary>
    /// <param name="verdicts">An expression of a list of verdicts.</param>
    public static string Rejection(string verdicts)
    {
        var rejects = $"list_filter({verdicts}, lambda v: v.outcome = {Text(VerdictOutcome.Reject)})";
        return $"coalesce(list_filter({rejects}, lambda v: NOT starts_with(v.reason, {SqlText.Quote(PolicyJudge.NoMeasurement)}))[1], {rejects}[1])";
    }

    /// <summary>Why a clip is held, in words.</summary>
    /// <param name="verdicts">An expression of a list of verdicts.</param>
    public static string Holds(string verdicts) =>
        $"array_to_string(list_transform(list_filter({verdicts}, lambda v: v.outcome = {Text(VerdictOutcome.Hold)}), lambda v: v.filter || ': ' || v.reason), '; ')";

    private static string Has(string verdicts, VerdictOutcome outcome) => $"len(list_filter({verdicts}, lambda v: v.outcome = {Text(outcome)})) > 0";

    private static string Text(VerdictOutcome outcome) => SqlText.Quote(outcome.ToText());
}
