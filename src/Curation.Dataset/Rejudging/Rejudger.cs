using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;
using Curation.Dataset.Rewriting;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Rejudging;

/// <summary>Judges every clip of a data set again by what was measured, and commits the next snapshot. Media is opened only where a clip is wanted that was never cut.</summary>
/// <remarks>The fragments stay as they are: a later run judges the sources of its input under its own policy.</remarks>
/// <param name="store">The data set.</param>
/// <param name="time">Clock of the snapshot.</param>
/// <param name="options">What it may take of this machine, over all threads.</param>
public sealed class Rejudger(IDatasetStore store, TimeProvider time, QueryOptions? options = null)
{
    private readonly QueryOptions _options = options ?? new QueryOptions();
    private readonly SnapshotPublisher _publisher = new(store, time);

    /// <summary>Judges again.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="media">Cuts what is wanted now and was never cut; null holds such clips until another time.</param>
    /// <param name="progress">Told the share of rows that are done, 0..1.</param>
    /// <param name="cancellationToken">Stops; the old snapshot stands.</param>
    /// <returns>The snapshot that is current now.</returns>
    /// <exception cref="RejudgeRefusedException">The data set is of another version, or has no clip with one of the measurements.</exception>
    /// <exception cref="DatasetException">There is no data set, or a shard is gone or damaged.</exception>
    /// <exception cref="DatasetConflictException">Somebody else committed meanwhile.</exception>
    public async Task<RejudgeResult> RejudgeAsync(Policy policy, IMissingMedia? media, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);

        var current = await _publisher.ReadCurrentAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"{store.Address} is not a data set: it has no {SnapshotManifest.Path}.");
        Check(current.Manifest);

        var staging = new ShardStaging(store);
        using var files = await ShardFiles.OpenAsync(store, current.Manifest, cancellationToken).ConfigureAwait(false);
        await CheckMeasuredAsync(files, policy, cancellationToken).ConfigureAwait(false);
        var (manifest, tally) = await new ShardRewriter(store, _options).RewriteAsync(files, current.Manifest, staging, JudgeAsync, progress, cancellationToken).ConfigureAwait(false);
        manifest = manifest with { Policy = new ManifestPolicy(policy.Name, policy.Sha256) };
        var commit = await _publisher.PublishAsync(manifest, current, staging, staging.Written.Count, cancellationToken).ConfigureAwait(false);
        return new RejudgeResult(commit.Manifest, commit.Changed, tally.Moves, tally.Cut, tally.Deferred);

        async Task<(IReadOnlyList<RewrittenFile> Files, RejudgeTally Tally)> JudgeAsync(DuckDbSession session, string folder, IReadOnlyList<(ManifestShard Shard, string File)> shards, CancellationToken stop)
        {
            var chunk = new RejudgeChunk(session, policy, media, folder);
            return (await chunk.RunAsync(shards, stop).ConfigureAwait(false), chunk.Tally);
        }
    }

    private void Check(SnapshotManifest manifest)
    {
        if (manifest.PipelineVersion != PipelineVersion.Current)
        {
            throw new RejudgeRefusedException($"{store.Address} was measured by pipeline version {manifest.PipelineVersion}; this program judges what version {PipelineVersion.Current} measures. Run 'curate run' over its sources again.");
        }
    }

    // What nobody measured would put every clip out, and who wrote the policy cannot have meant that.
    private async Task CheckMeasuredAsync(ShardFiles files, Policy policy, CancellationToken cancellationToken)
    {
        var needed = policy.Limits.Where(limit => (limit.Unmeasured ?? policy.Unmeasured) != UnmeasuredRule.Pass).Select(limit => MeasurementCatalog.Get(limit.Name)).Where(definition => !definition.OfWrittenClip).ToList();
        var tables = Enum.GetValues<ClipOutcome>().Select(files.From).OfType<string>().ToList();
        if (needed.Count == 0 || tables.Count == 0) return;

        var measured = new long[needed.Count];
        var session = await DuckDbSession.OpenAsync(_options, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var table in tables)
            {
                // Files of an older version lack what came later.
                var there = new HashSet<string>(StringComparer.Ordinal);
                await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})", row => there.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);
                var counts = string.Join(", ", needed.Select(definition => there.Contains(definition.Name) ? $"count({SqlText.Name(definition.Name)})" : "0::BIGINT"));
                await session.ReadAsync($"SELECT {counts} FROM {table}", row =>
                {
                    for (var index = 0; index < measured.Length; index++) measured[index] += row.GetInt64(index);
                }, cancellationToken).ConfigureAwait(false);
            }
        }

        var never = needed.Where((_, index) => measured[index] == 0).Select(definition => definition switch
        {
            { Slot: { } slot } => $"{definition.Name} (slot {slot})",
            { Name: DuplicateMeasurement.Name } => $"{definition.Name} ('curate dedup')",
            _ => definition.Name,
        }).ToList();
        if (never.Count == 0) return;

        throw new RejudgeRefusedException($"Policy '{policy.Name}' asks for what no clip of {store.Address} has: {string.Join(", ", never)}. Run 'curate run' with the models, or the command in brackets, that measures it, or write 'unmeasured: pass' at these limits.");
    }
}
