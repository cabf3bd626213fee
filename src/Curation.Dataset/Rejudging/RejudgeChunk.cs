using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Rejudging;

/// <summary>Judges the rows of a few shards again: reads them once, keeps them in memory, and writes each table's to a file of its own.</summary>
/// <param name="session">A session of its own.</param>
/// <param name="policy">The policy.</param>
/// <param name="media">Cuts what is wanted now; null leaves that for later.</param>
/// <param name="folder">A folder of this machine for files on their way.</param>
internal sealed class RejudgeChunk(DuckDbSession session, Policy policy, IMissingMedia? media, string folder)
{
    /// <summary>Why a clip is held whose media nobody has cut yet.</summary>
    public const string WaitsForMedia = "media: the policy retains the clip, but its media was never cut";

    private const string Table = "clips";
    private const string Before = "_before";
    private const int RowGroupRows = 20_480;

    private const string Missing = $"{PolicySql.Outcome} = 0 AND media_path IS NULL";

    /// <summary>Counts of what was judged.</summary>
    public RejudgeTally Tally { get; } = new();

    /// <summary>Judges.</summary>
    /// <param name="files">The shards' files.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>A file for each table that has rows.</returns>
    public async Task<IReadOnlyList<(ShardTable Table, string File, long Rows)>> RunAsync(IReadOnlyList<(ManifestShard Shard, string File)> files, CancellationToken cancellationToken)
    {
        var sql = new PolicySql(policy);
        await session.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE {Table} AS {sql.Tell(sql.Judge($"({Rows(files)})"))}", cancellationToken).ConfigureAwait(false);
        if (media is null) await DeferAsync(cancellationToken).ConfigureAwait(false);
        else await CutAsync(media, cancellationToken).ConfigureAwait(false);

        // What is not retained has no media; what nobody could call a voice is sound.
        await session.ExecuteAsync(
            $"""
            UPDATE {Table} SET media_path = NULL, media_sha256 = NULL WHERE {PolicySql.Outcome} <> 0;
            UPDATE {Table} SET split = {SqlText.Quote(Split.Sound.ToName())} WHERE {PolicySql.Outcome} = 0 AND split IS NULL;
            """,
            cancellationToken).ConfigureAwait(false);
        await CountAsync(cancellationToken).ConfigureAwait(false);
        return await WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Tables differ in the columns that say why; here they have all of them.
    private static string Rows(IEnumerable<(ManifestShard Shard, string File)> files)
    {
        var tables = files.GroupBy(entry => ShardTable.OutcomeOf(entry.Shard.Path)!.Value).Select(group =>
        {
            var absent = new[] { ClipColumns.RejectedBy, ClipColumns.Reason }.Except(ClipColumns.NamesFor(group.Key)).Select(column => $", NULL::VARCHAR AS {column}");
            return $"SELECT *{string.Concat(absent)}, {PolicySql.CodeOf(group.Key)} AS {Before} FROM read_parquet({SqlText.List(group.Select(entry => entry.File))}, hive_partitioning = false)";
        });
        return string.Join(" UNION ALL BY NAME ", tables);
    }

    private async Task DeferAsync(CancellationToken cancellationToken)
    {
        await session.ReadAsync($"SELECT count(*) FROM {Table} WHERE {Missing}", row => Tally.Deferred += row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync($"UPDATE {Table} SET {PolicySql.Outcome} = {PolicySql.CodeOf(ClipOutcome.Held)}, reason = {SqlText.Quote(WaitsForMedia)} WHERE {Missing}", cancellationToken).ConfigureAwait(false);
    }

    private async Task CutAsync(IMissingMedia cutter, CancellationToken cancellationToken)
    {
        var missing = 0L;
        await session.ReadAsync($"SELECT count(*) FROM {Table} WHERE {Missing}", row => missing = row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (missing == 0) return;

        var (from, to) = (Path.Combine(folder, "missing.parquet"), Path.Combine(folder, "cut.parquet"));
        await session.ExecuteAsync($"COPY (SELECT * EXCLUDE ({PolicySql.Outcome}) FROM {Table} WHERE {Missing}) TO {SqlText.Quote(from)} (FORMAT parquet)", cancellationToken).ConfigureAwait(false);
        var clips = await ClipFile.ReadAsync(from, ClipOutcome.Retained, cancellationToken).ConfigureAwait(false);
        var cut = new List<ClipRecord>(clips.Count);
        foreach (var clip in clips) cut.Add(await cutter.CutAsync(clip, cancellationToken).ConfigureAwait(false));

        Tally.Cut += cut.Count(clip => clip.Outcome == ClipOutcome.Retained);
        await ClipFile.WriteAsync(to, cut, cancellationToken).ConfigureAwait(false);
        var outcomes = string.Join(", ", cut.Select(clip => $"({SqlText.Quote(clip.Id.Value)}, {PolicySql.CodeOf(clip.Outcome)})"));
        await session.ExecuteAsync(
            $"""
            CREATE OR REPLACE TEMP TABLE was AS SELECT clip_id, {Before} FROM {Table} WHERE {Missing};
            DELETE FROM {Table} WHERE {Missing};
            INSERT INTO {Table} BY NAME
                SELECT cut.*, was.{Before}, known.code::TINYINT AS {PolicySql.Outcome}
                FROM read_parquet({SqlText.Quote(to)}) cut JOIN was USING (clip_id) JOIN (VALUES {outcomes}) known(clip_id, code) USING (clip_id);
            """,
            cancellationToken).ConfigureAwait(false);
    }

    private Task CountAsync(CancellationToken cancellationToken) => session.ReadAsync(
        $"SELECT {Before}::INTEGER, {PolicySql.Outcome}::INTEGER, split, rejected_by, count(*), sum(duration_s) FROM {Table} GROUP BY ALL",
        row => Tally.Add(
            OutcomeOf(row.GetInt32(0)), OutcomeOf(row.GetInt32(1)), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetDouble(5)),
        cancellationToken);

    private async Task<IReadOnlyList<(ShardTable Table, string File, long Rows)>> WriteAsync(CancellationToken cancellationToken)
    {
        var written = new List<(ShardTable, string, long)>();
        foreach (var table in ShardTable.All)
        {
            if (table.Outcome is not { } outcome) continue;

            var where = $"{PolicySql.Outcome} = {PolicySql.CodeOf(outcome)}{(table.Split is { } split ? $" AND split = {SqlText.Quote(split)}" : "")}";
            var rows = 0L;
            await session.ReadAsync($"SELECT count(*) FROM {Table} WHERE {where}", row => rows = row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            if (rows == 0) continue;

            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"table-{written.Count}.parquet"));
            var columns = string.Join(", ", ClipColumns.NamesFor(outcome).Select(SqlText.Name));
            await session.ExecuteAsync($"COPY (SELECT {columns} FROM {Table} WHERE {where}) TO {SqlText.Quote(file)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {RowGroupRows})", cancellationToken).ConfigureAwait(false);
            written.Add((table, file, rows));
        }

        return written;
    }

    private static ClipOutcome OutcomeOf(int code) => Enum.GetValues<ClipOutcome>().First(outcome => PolicySql.CodeOf(outcome) == code);
}
