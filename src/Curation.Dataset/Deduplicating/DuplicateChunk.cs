using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Rewriting;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Deduplicating;

/// <summary>Writes into the rows of a few shards what was found of their copies, and moves those whose verdict turns.</summary>
/// <param name="session">A session of its own.</param>
/// <param name="findings">A Parquet file of clips that have copies, or were not compared.</param>
/// <param name="folder">A folder of this machine for files on their way.</param>
internal sealed class DuplicateChunk(DuckDbSession session, string findings, string folder)
{
    /// <summary>The limit that the verdict on copies is made by; the same in every policy of this project.</summary>
    public static Limit Limit { get; } = new(DuplicateMeasurement.Name) { Max = 0, Unmeasured = UnmeasuredRule.Pass };

    private static readonly string Of = ClipColumns.DuplicateOf;
    private static readonly string Kind = ClipColumns.DuplicateKind;

    /// <summary>Counts of what was written.</summary>
    public RejudgeTally Tally { get; } = new();

    /// <summary>Writes.</summary>
    /// <param name="files">The shards' files.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>A file for each table that has rows.</returns>
    public async Task<IReadOnlyList<RewrittenFile>> RunAsync(IReadOnlyList<(ManifestShard Shard, string File)> files, CancellationToken cancellationToken)
    {
        var table = new ChunkTable(session, folder);
        await table.LoadAsync(files, Query, cancellationToken).ConfigureAwait(false);
        await session.ReadAsync($"SELECT count(*) FROM {ChunkTable.Name} WHERE {ClipColumns.Reason} = {SqlText.Quote(RejudgeChunk.WaitsForMedia)} AND {ChunkTable.Before} <> {PolicySql.CodeOf(ClipOutcome.Held)}", row => Tally.Deferred += row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        await table.SettleAsync(cancellationToken).ConfigureAwait(false);
        await table.CountAsync(Tally, cancellationToken).ConfigureAwait(false);
        return await table.WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    private string Query(string rows)
    {
        var policy = new Policy("") { Limits = [Limit], Sha256 = "" };
        var limit = new LimitSql(policy, Limit, 0);

        // What was measured, then the verdict on it, then what follows from all verdicts.
        var found = $"""
            SELECT r.* EXCLUDE ({Of}, {Kind}, {DuplicateMeasurement.Name}), f.best AS {Of}, f.kind AS {Kind},
                (CASE WHEN f.clip_id IS NULL THEN 0 ELSE f.rank END)::DOUBLE AS {DuplicateMeasurement.Name}, f.reason AS _why
            FROM {rows} r LEFT JOIN read_parquet({SqlText.List([findings])}) f USING (clip_id)
            """;
        var measured = $"SELECT * REPLACE (list_append(list_filter(measurements, lambda m: m.name <> {SqlText.Quote(DuplicateMeasurement.Name)}), {Entry()}) AS measurements) FROM ({found})";
        var judged = $"SELECT *, {limit.MissingReason()} AS {limit.MissingColumn} FROM (SELECT *, {limit.Case()} AS {limit.CaseColumn} FROM ({measured}))";
        var told = $"SELECT * EXCLUDE (_why, {limit.CaseColumn}, {limit.MissingColumn}) REPLACE ({Replaced(limit.Verdict())} AS verdicts) FROM ({judged})";
        var concluded = $"SELECT *, {VerdictSql.Outcome("verdicts")} AS _concluded, {VerdictSql.Rejection("verdicts")} AS _rejection FROM ({told})";
        return $"""
            SELECT * EXCLUDE (_concluded, _rejection) REPLACE (
                CASE WHEN _concluded = {PolicySql.CodeOf(ClipOutcome.Rejected)} THEN _rejection.filter END AS {ClipColumns.RejectedBy},
                {Reason()} AS {ClipColumns.Reason}),
                (CASE WHEN {Waits} THEN {PolicySql.CodeOf(ClipOutcome.Held)} ELSE _concluded END)::TINYINT AS {PolicySql.Outcome}
            FROM ({concluded})
            """;
    }

    // A row that a policy wants has media, or waits for it: nobody can tell here whether it may be cut.
    private static string Waits => $"_concluded = {PolicySql.CodeOf(ClipOutcome.Retained)} AND media_path IS NULL";

    private static string Reason()
    {
        var waiting = $"CASE WHEN {ChunkTable.Before} = {PolicySql.CodeOf(ClipOutcome.Held)} AND starts_with({ClipColumns.Reason}, 'media:') THEN {ClipColumns.Reason} ELSE {SqlText.Quote(RejudgeChunk.WaitsForMedia)} END";
        return $"CASE WHEN _concluded = {PolicySql.CodeOf(ClipOutcome.Rejected)} THEN _rejection.reason WHEN _concluded = {PolicySql.CodeOf(ClipOutcome.Held)} THEN {VerdictSql.Holds("verdicts")} WHEN {Waits} THEN {waiting} END";
    }

    private static string Entry()
    {
        var value = SqlText.Name(DuplicateMeasurement.Name);
        var state = $"CASE WHEN {value} IS NULL THEN {SqlText.Quote(MeasurementState.Unmeasured.ToText())} ELSE {SqlText.Quote(MeasurementState.Measured.ToText())} END";
        return $"struct_pack(name := {SqlText.Quote(DuplicateMeasurement.Name)}, value := {value}, unit := {SqlText.Quote(MeasurementCatalog.Get(DuplicateMeasurement.Name).Unit)}, method := {SqlText.Quote(DuplicateMeasurement.Method)}, method_version := {SqlText.Quote(DuplicateMeasurement.MethodVersion)}, state := {state}, reason := _why)";
    }

    // In its place, so that judging again by the same policy writes the same list.
    private static string Replaced(string verdict)
    {
        var name = SqlText.Quote(DuplicateMeasurement.Name);
        return $"(CASE WHEN len(list_filter(verdicts, lambda v: v.filter = {name})) > 0 THEN list_transform(verdicts, lambda v: CASE WHEN v.filter = {name} THEN {verdict} ELSE v END) ELSE list_append(verdicts, {verdict}) END)";
    }
}
