using Curation.Clips;
using Curation.Dataset.Columns;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Rewriting;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Deduplicating;

/// <summary>Writes down what was found of copies, and commits the next snapshot: copies that are not the best are rejected, with the best one's name. No media is opened.</summary>
/// <remarks>The fragments stay as they are: a later run brings its sources' copies back, until copies are searched for again.</remarks>
/// <param name="store">The data set.</param>
/// <param name="time">Clock of the snapshot.</param>
/// <param name="options">What it may take of this machine, over all threads.</param>
public sealed class DuplicateWriter(IDatasetStore store, TimeProvider time, QueryOptions? options = null)
{
    private const int RowGroupRows = 20_480;

    private readonly QueryOptions _options = options ?? new QueryOptions();
    private readonly SnapshotPublisher _publisher = new(store, time);

    /// <summary>Writes.</summary>
    /// <param name="manifest">The snapshot in which copies were searched for.</param>
    /// <param name="findings">What was found, of clips that share something or were not compared; every other clip has no copies.</param>
    /// <param name="progress">Told the share of rows that are done, 0..1.</param>
    /// <param name="cancellationToken">Stops; the old snapshot stands.</param>
    /// <returns>The snapshot that is current now.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    /// <exception cref="DatasetConflictException">Somebody else committed meanwhile.</exception>
    public async Task<DuplicateResult> WriteAsync(SnapshotManifest manifest, IReadOnlyDictionary<ClipId, DuplicateFinding> findings, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(findings);

        var current = await _publisher.ReadCurrentAsync(cancellationToken).ConfigureAwait(false);
        if (current is not { } now || now.Manifest.Id != manifest.Id) throw new DatasetConflictException($"{store.Address}: somebody committed another snapshot while copies were searched for. Nothing was written; search again.");

        var folder = Directory.CreateTempSubdirectory("curate-dedup-").FullName;
        try
        {
            var found = await WriteFindingsAsync(folder, findings, cancellationToken).ConfigureAwait(false);
            var staging = new ShardStaging(store);
            using var files = await ShardFiles.OpenAsync(store, now.Manifest, cancellationToken).ConfigureAwait(false);
            var (next, tally) = await new ShardRewriter(store, _options).RewriteAsync(files, now.Manifest, staging, ChangeAsync, progress, cancellationToken).ConfigureAwait(false);
            var commit = await _publisher.PublishAsync(next, current, staging, staging.Written.Count, cancellationToken).ConfigureAwait(false);
            return new DuplicateResult(commit.Manifest, commit.Changed, tally.Moves, tally.Deferred);

            async Task<(IReadOnlyList<RewrittenFile> Files, RejudgeTally Tally)> ChangeAsync(DuckDbSession session, string place, IReadOnlyList<(ManifestShard Shard, string File)> shards, CancellationToken stop)
            {
                var chunk = new DuplicateChunk(session, found, place);
                return (await chunk.RunAsync(shards, stop).ConfigureAwait(false), chunk.Tally);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> WriteFindingsAsync(string folder, IReadOnlyDictionary<ClipId, DuplicateFinding> findings, CancellationToken cancellationToken)
    {
        const string Name = "findings.parquet";
        Column<KeyValuePair<ClipId, DuplicateFinding>>[] columns =
        [
            new PlainColumn<KeyValuePair<ClipId, DuplicateFinding>>(Leaf<KeyValuePair<ClipId, DuplicateFinding>>.Text("clip_id", row => row.Key.Value, nullable: false)),
            new PlainColumn<KeyValuePair<ClipId, DuplicateFinding>>(Leaf<KeyValuePair<ClipId, DuplicateFinding>>.Integer("rank", row => row.Value.Rank)),
            new PlainColumn<KeyValuePair<ClipId, DuplicateFinding>>(Leaf<KeyValuePair<ClipId, DuplicateFinding>>.Text("best", row => row.Value.Of)),
            new PlainColumn<KeyValuePair<ClipId, DuplicateFinding>>(Leaf<KeyValuePair<ClipId, DuplicateFinding>>.Label("kind", row => row.Value.Kind)),
            new PlainColumn<KeyValuePair<ClipId, DuplicateFinding>>(Leaf<KeyValuePair<ClipId, DuplicateFinding>>.Label("reason", row => row.Value.Reason)),
        ];
        var file = await ShardFile<KeyValuePair<ClipId, DuplicateFinding>>.OpenAsync(new LocalDatasetStore(folder), Name, columns, RowGroupRows, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            foreach (var finding in findings) await file.AddAsync(finding, cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Path.Combine(folder, Name);
    }
}
