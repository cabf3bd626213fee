using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rewriting;
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

    private const string Table = ChunkTable.Name;
    private const string Before = ChunkTable.Before;
    private const string Missing = $"{PolicySql.Outcome} = 0 AND media_path IS NULL";

    /// <summary>Counts of what was judged.</summary>
    public RejudgeTally Tally { get; } = new();

    /// <summary>Judges.</summary>
    /// <param name="files">The shards' files.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>A file for each table that has rows.</returns>
    public async Task<IReadOnlyList<RewrittenFile>> RunAsync(IReadOnlyList<(ManifestShard Shard, string File)> files, CancellationToken cancellationToken)
    {
        var sql = new PolicySql(policy);
        var table = new ChunkTable(session, folder);
        await table.LoadAsync(files, rows => sql.Tell(sql.Judge(rows)), cancellationToken).ConfigureAwait(false);
        if (media is null) await DeferAsync(cancellationToken).ConfigureAwait(false);
        else await CutAsync(media, cancellationToken).ConfigureAwait(false);

        await table.SettleAsync(cancellationToken).ConfigureAwait(false);
        await table.CountAsync(Tally, cancellationToken).ConfigureAwait(false);
        return await table.WriteAsync(cancellationToken).ConfigureAwait(false);
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
}
