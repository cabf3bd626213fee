using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;

namespace Curation.Dataset.Rejudging;

/// <summary>A policy in SQL: the same verdicts as <see cref="PolicyJudge"/>, for millions of rows at once.</summary>
internal sealed class PolicySql
{
    /// <summary>The column that says what becomes of a clip: 0 retained, 1 held, 2 rejected.</summary>
    public const string Outcome = "_outcome";

    private readonly Policy _policy;
    private readonly IReadOnlyList<LimitSql> _limits;

    /// <summary>A policy.</summary>
    /// <param name="policy">Limits of which every name is a measurement.</param>
    public PolicySql(Policy policy)
    {
        _policy = policy;
        _limits = [.. policy.Limits.Select((limit, index) => new LimitSql(policy, limit, index))];
    }

    /// <summary>What an outcome is in <see cref="Outcome"/>.</summary>
    public static int CodeOf(ClipOutcome outcome) => outcome switch { ClipOutcome.Retained => 0, ClipOutcome.Held => 1, _ => 2 };

    /// <summary>Rows judged: all their columns, the limits' cases, and <see cref="Outcome"/>.</summary>
    /// <param name="rows">A table of clips.</param>
    public string Judge(string rows)
    {
        var cases = string.Concat(_limits.Select(limit => $", {limit.Case()} AS {limit.CaseColumn}"));
        return $"SELECT *, {OutcomeOf()} AS {Outcome} FROM (SELECT *{cases} FROM {rows})";
    }

    /// <summary>Judged rows with the columns of the verdicts replaced: <c>verdicts</c>, <c>rejected_by</c>, <c>reason</c> and <c>policy_sha256</c>.</summary>
    /// <param name="judged">From <see cref="Judge"/>.</param>
    public string Tell(string judged)
    {
        var helpers = _limits.Select(limit => limit.CaseColumn).ToList();
        var missing = string.Concat(_limits.Select(limit => $", {limit.MissingReason()} AS {limit.MissingColumn}"));
        var hidden = string.Join(", ", helpers.Concat(_limits.Select(limit => limit.MissingColumn)).Append("_dummy"));
        var verdicts = $"[{string.Join(", ", _limits.Select(limit => limit.Verdict()).Prepend(LengthVerdict()))}]";
        if (_limits.Any(limit => limit.OfWrittenClip)) verdicts = $"list_filter({verdicts}, lambda v: v IS NOT NULL)";
        return $"""
            SELECT * EXCLUDE ({hidden}) REPLACE ({verdicts} AS verdicts, {RejectedBy()} AS rejected_by, {Reason()} AS reason, {SqlText.Quote(_policy.Sha256)} AS policy_sha256)
            FROM (SELECT *{missing}, 0 AS _dummy FROM ({judged}))
            """;
    }

    private string TooShort => $"duration_s < {SqlText.Number(_policy.ClipMin.TotalSeconds)}";

    private string LengthLimit => string.Create(CultureInfo.InvariantCulture, $">= {_policy.ClipMin.TotalSeconds}");

    private string LengthReason => $"'too short: lasts ' || {NumberSql.Format("duration_s", 3)} || {SqlText.Quote($" s, limit {LengthLimit} s")}";

    // A fault that was measured names the rejection before one that lacks its measurement.
    private IEnumerable<(string When, string Filter, string Reason)> Rejections() =>
        [
            (TooShort, PolicyJudge.TooShort, LengthReason),
            .. _limits.Select(limit => (limit.Breaks, limit.Filter, limit.Reason())),
            .. _limits.Where(limit => limit.MissingRejects is not null).Select(limit => (limit.MissingRejects!, limit.Filter, limit.Reason())),
        ];

    private string OutcomeOf()
    {
        var rejects = string.Join(" OR ", Rejections().Select(rejection => rejection.When));
        var holds = _limits.Select(limit => limit.MissingHolds).OfType<string>().ToList();
        var held = holds.Count == 0 ? "" : $"WHEN {string.Join(" OR ", holds)} THEN {CodeOf(ClipOutcome.Held)} ";
        return $"(CASE WHEN {rejects} THEN {CodeOf(ClipOutcome.Rejected)} {held}ELSE {CodeOf(ClipOutcome.Retained)} END)::TINYINT";
    }

    private string RejectedBy() => $"(CASE {string.Join(' ', Rejections().Select(rejection => $"WHEN {rejection.When} THEN {SqlText.Quote(rejection.Filter)}"))} END)";

    private string Reason()
    {
        var rejected = $"CASE {string.Join(' ', Rejections().Select(rejection => $"WHEN {rejection.When} THEN {rejection.Reason}"))} END";
        var holds = _limits.Where(limit => limit.MissingHolds is not null).Select(limit => $"CASE WHEN {limit.MissingHolds} THEN {SqlText.Quote($"{limit.Filter}: ")} || {limit.Reason()} END").ToList();
        var held = holds.Count == 0 ? "NULL" : $"array_to_string(list_filter([{string.Join(", ", holds)}], lambda r: r IS NOT NULL), '; ')";
        return $"(CASE {Outcome} WHEN {CodeOf(ClipOutcome.Rejected)} THEN {rejected} WHEN {CodeOf(ClipOutcome.Held)} THEN {held} END)";
    }

    private string LengthVerdict() =>
        $"struct_pack(filter := {SqlText.Quote(PolicyJudge.TooShort)}, outcome := CASE WHEN {TooShort} THEN {SqlText.Quote(VerdictOutcome.Reject.ToText())} ELSE {SqlText.Quote(VerdictOutcome.Pass.ToText())} END, value := duration_s, \"limit\" := {SqlText.Quote(LengthLimit)}, reason := CASE WHEN {TooShort} THEN {LengthReason} END)";
}
