using System.Data.Common;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Deduplicating;

/// <summary>Reads what the search for copies compares; no media is opened.</summary>
/// <param name="store">The data set.</param>
/// <param name="options">What the reading may take of this machine.</param>
public sealed class SignedClips(IDatasetStore store, QueryOptions? options = null)
{
    private readonly QueryOptions _options = options ?? new QueryOptions();

    // Reasons and kinds are few, rows many: each is kept once.
    private readonly Dictionary<DuplicateFinding, DuplicateFinding> _findings = [];

    /// <summary>Reads every clip of a snapshot, in the order of its rows.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="take">Receives them one by one.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Completes when all were handed out.</returns>
    /// <exception cref="DedupRefusedException">The data set is of a version without signatures.</exception>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public async Task ReadAsync(SnapshotManifest manifest, Action<SignedClip> take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(take);
        if (manifest.PipelineVersion != PipelineVersion.Current)
        {
            throw new DedupRefusedException($"{store.Address} was measured by pipeline version {manifest.PipelineVersion}; this program compares what version {PipelineVersion.Current} measures. Run 'curate run' over its sources again.");
        }

        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var session = await DuckDbSession.OpenAsync(_options with { Threads = 1 }, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // One file after the other: what waits in memory is a row group.
            foreach (var (shard, file) in files.Files)
            {
                var from = $"read_parquet({SqlText.List([file])}, hive_partitioning = false)";
                await CheckAsync(session, shard, from, cancellationToken).ConfigureAwait(false);
                var stands = ShardTable.OutcomeOf(shard.Path)!.Value;
                await session.ReadAsync(Query(from), row => take(Read(row, stands)), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CheckAsync(DuckDbSession session, ManifestShard shard, string from, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>([ClipColumns.PictureSignature, ClipColumns.SoundSignature, ClipColumns.DuplicateOf, ClipColumns.DuplicateKind, DuplicateMeasurement.Name], StringComparer.Ordinal);
        await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {from})", row => missing.Remove(row.GetString(0)), cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0) return;

        throw new DedupRefusedException($"{store.Address} was made by a version that kept no signatures of picture and sound: {shard.Path} lacks {string.Join(", ", missing.Order(StringComparer.Ordinal))}. Run 'curate run' over its sources again; each is decoded once more for it. Nothing was written.");
    }

    private static string Query(string from) => $"""
        SELECT clip_id, source_uri, source_sha256, start_s, duration_s, {VerdictSql.Outcome(VerdictSql.Others)}::INTEGER, coalesce(short_side_px, least(width, height))::INTEGER, bandwidth_hz, sharpness,
            coalesce({MeasurementSql.StateOf(DuplicateMeasurement.Name)} IS NOT NULL, false), {ClipColumns.PictureSignature}, {ClipColumns.SoundSignature},
            {DuplicateMeasurement.Name}::INTEGER, {ClipColumns.DuplicateOf}, {ClipColumns.DuplicateKind}, {MeasurementSql.ReasonOf(DuplicateMeasurement.Name)}
        FROM {from}
        """;

    private SignedClip Read(DbDataReader row, ClipOutcome stands) => new(
        new ClipId(row.GetString(0)),
        row.GetString(1),
        row.GetString(2),
        row.GetDouble(3),
        row.GetDouble(4),
        Enum.GetValues<ClipOutcome>().First(outcome => PolicySql.CodeOf(outcome) == row.GetInt32(5)),
        stands,
        row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetDouble(7),
        row.IsDBNull(8) ? null : row.GetDouble(8),
        row.GetBoolean(9),
        Text(row, 10),
        Text(row, 11),
        Pooled(new DuplicateFinding(row.IsDBNull(12) ? null : row.GetInt32(12), Text(row, 13), Text(row, 14), Text(row, 15))));

    private DuplicateFinding Pooled(DuplicateFinding finding)
    {
        if (finding.Of is not null) return finding;

        _findings.TryAdd(finding, finding);
        return _findings[finding];
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
