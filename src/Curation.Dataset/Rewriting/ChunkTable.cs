using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Rewriting;

/// <summary>The rows of a few shards in memory as one table: read once, changed by SQL, and written each table's to a file of its own.</summary>
/// <param name="session">A session of its own.</param>
/// <param name="folder">A folder of this machine for files on their way.</param>
internal sealed class ChunkTable(DuckDbSession session, string folder)
{
    /// <summary>Its name in SQL.</summary>
    public const string Name = "clips";

    /// <summary>The column that says what a row was, as <see cref="PolicySql.CodeOf"/> has it.</summary>
    public const string Before = "_before";

    private const int RowGroupRows = 20_480;

    /// <summary>Makes the table.</summary>
    /// <param name="files">The shards' files.</param>
    /// <param name="query">Gives the query that the table is made of from one of all rows; it must give <see cref="PolicySql.Outcome"/>, too.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public async Task LoadAsync(IReadOnlyList<(ManifestShard Shard, string File)> files, Func<string, string> query, CancellationToken cancellationToken)
    {
        var tables = new List<string>();
        foreach (var group in files.GroupBy(entry => ShardTable.OutcomeOf(entry.Shard.Path)!.Value))
        {
            var from = $"read_parquet({SqlText.List(group.Select(entry => entry.File))}, hive_partitioning = false, union_by_name = true)";
            var there = new HashSet<string>(StringComparer.Ordinal);
            await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {from})", row => there.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);
            tables.Add($"SELECT *{string.Concat(Absent(there))}, {PolicySql.CodeOf(group.Key)} AS {Before} FROM {from}");
        }

        await session.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE {Name} AS {query($"({string.Join(" UNION ALL BY NAME ", tables)})")}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes from the rows what only other tables have.</summary>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>Completes when what is not retained has no media, and what nobody could call a voice is sound.</returns>
    public Task SettleAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        UPDATE {Name} SET media_path = NULL, media_sha256 = NULL WHERE {PolicySql.Outcome} <> 0;
        UPDATE {Name} SET split = {SqlText.Quote(Split.Sound.ToName())} WHERE {PolicySql.Outcome} = 0 AND split IS NULL;
        """,
        cancellationToken);

    /// <summary>Adds up what became of the rows.</summary>
    public Task CountAsync(RejudgeTally tally, CancellationToken cancellationToken) => session.ReadAsync(
        $"SELECT {Before}::INTEGER, {PolicySql.Outcome}::INTEGER, split, rejected_by, count(*), sum(duration_s) FROM {Name} GROUP BY ALL",
        row => tally.Add(
            OutcomeOf(row.GetInt32(0)), OutcomeOf(row.GetInt32(1)), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.GetDouble(5)),
        cancellationToken);

    /// <summary>Writes the rows.</summary>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>A file for each table that has rows.</returns>
    public async Task<IReadOnlyList<RewrittenFile>> WriteAsync(CancellationToken cancellationToken)
    {
        var written = new List<RewrittenFile>();
        foreach (var table in ShardTable.All)
        {
            if (table.Outcome is not { } outcome) continue;

            var where = $"{PolicySql.Outcome} = {PolicySql.CodeOf(outcome)}{(table.Split is { } split ? $" AND split = {SqlText.Quote(split)}" : "")}";
            var rows = 0L;
            await session.ReadAsync($"SELECT count(*) FROM {Name} WHERE {where}", row => rows = row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            if (rows == 0) continue;

            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"table-{written.Count}.parquet"));
            var columns = string.Join(", ", ClipColumns.NamesFor(outcome).Select(SqlText.Name));
            await session.ExecuteAsync($"COPY (SELECT {columns} FROM {Name} WHERE {where}) TO {SqlText.Quote(file)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {RowGroupRows})", cancellationToken).ConfigureAwait(false);
            written.Add(new RewrittenFile(table, file, rows));
        }

        return written;
    }

    // Tables differ in the columns that say why, and files of an older version lack what came later; here they have all of them.
    private static IEnumerable<string> Absent(HashSet<string> there)
    {
        var texts = new[] { ClipColumns.RejectedBy, ClipColumns.Reason, ClipColumns.DuplicateOf, ClipColumns.DuplicateKind, ClipColumns.PictureSignature, ClipColumns.SoundSignature };
        return texts.Where(name => !there.Contains(name)).Select(name => $", NULL::VARCHAR AS {name}")
            .Concat(MeasurementCatalog.All.Where(definition => !there.Contains(definition.Name)).Select(definition => $", NULL::DOUBLE AS {SqlText.Name(definition.Name)}"));
    }

    private static ClipOutcome OutcomeOf(int code) => Enum.GetValues<ClipOutcome>().First(outcome => PolicySql.CodeOf(outcome) == code);
}
