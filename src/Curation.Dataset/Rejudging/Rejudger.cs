using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;
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
    // Rows in memory at once in each thread: at some 8 kB a row, 200 MB. They are also the most that a shard gets.
    private const long RowsAtOnce = 25_000;

    private const int NameDigits = 24;

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
        var (tally, done) = (new RejudgeTally(), 0L);
        var total = Math.Max(1, current.Manifest.Funnel.Clips);
        var chunks = new List<(int Index, IReadOnlyList<ManifestShard> Shards)>();
        using (var files = await ShardFiles.OpenAsync(store, current.Manifest, cancellationToken).ConfigureAwait(false))
        {
            await CheckMeasuredAsync(files, policy, cancellationToken).ConfigureAwait(false);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(Group(files.Files).Select((group, index) => (group, index)), parallel, async (work, stop) =>
            {
                var (shards, counted) = await JudgeAsync(work.group, policy, media, staging, stop).ConfigureAwait(false);
                lock (chunks)
                {
                    chunks.Add((work.index, shards));
                    tally.Add(counted);
                    done += work.group.Sum(entry => entry.Shard.Rows);
                    progress?.Report((double)done / total);
                }
            }).ConfigureAwait(false);
        }

        var order = ShardTable.All.Select((table, index) => (table.Folder, index)).ToDictionary(entry => entry.Folder, entry => entry.index, StringComparer.Ordinal);
        var manifest = current.Manifest with
        {
            Policy = new ManifestPolicy(policy.Name, policy.Sha256),
            Staging = null,
            Funnel = tally.Funnel(current.Manifest.Funnel),
            Hours = tally.Hours(current.Manifest.Hours),
            Shards =
            [
                .. chunks.OrderBy(chunk => chunk.Index).SelectMany(chunk => chunk.Shards)
                    .Concat(current.Manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is null))
                    .OrderBy(shard => order[shard.Path[..shard.Path.LastIndexOf('/')]]),
            ],
        };
        var commit = await _publisher.PublishAsync(manifest, current, staging, staging.Written.Count, cancellationToken).ConfigureAwait(false);
        return new RejudgeResult(commit.Manifest, commit.Changed, tally.Moves, tally.Cut, tally.Deferred);
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
                var counts = string.Join(", ", needed.Select(definition => $"count({SqlText.Name(definition.Name)})"));
                await session.ReadAsync($"SELECT {counts} FROM {table}", row =>
                {
                    for (var index = 0; index < measured.Length; index++) measured[index] += row.GetInt64(index);
                }, cancellationToken).ConfigureAwait(false);
            }
        }

        var never = needed.Where((_, index) => measured[index] == 0).Select(definition => definition.Slot is { } slot ? $"{definition.Name} (slot {slot})" : definition.Name).ToList();
        if (never.Count == 0) return;

        throw new RejudgeRefusedException($"Policy '{policy.Name}' asks for what no clip of {store.Address} has: {string.Join(", ", never)}. Run 'curate run' with the models that measure it, or write 'unmeasured: pass' at these limits.");
    }

    private static IEnumerable<List<(ManifestShard Shard, string File)>> Group(IEnumerable<(ManifestShard Shard, string File)> files)
    {
        var group = new List<(ManifestShard, string)>();
        var rows = 0L;
        foreach (var entry in files)
        {
            if (rows > 0 && rows + entry.Shard.Rows > RowsAtOnce)
            {
                yield return group;
                (group, rows) = ([], 0);
            }

            group.Add(entry);
            rows += entry.Shard.Rows;
        }

        if (group.Count > 0) yield return group;
    }

    private async Task<(IReadOnlyList<ManifestShard> Shards, RejudgeTally Tally)> JudgeAsync(
        IReadOnlyList<(ManifestShard Shard, string File)> group, Policy policy, IMissingMedia? media, ShardStaging staging, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("curate-rejudge-").FullName;
        try
        {
            var mine = _options with { Threads = 1, MemoryMegabytes = _options.MemoryMegabytes / _options.Threads, SpillFolder = folder };
            var session = await DuckDbSession.OpenAsync(mine, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var chunk = new RejudgeChunk(session, policy, media, folder);
                var shards = new List<ManifestShard>();
                foreach (var (table, file, rows) in await chunk.RunAsync(group, cancellationToken).ConfigureAwait(false)) shards.Add(await StageAsync(table, file, rows, staging, cancellationToken).ConfigureAwait(false));
                return (shards, chunk.Tally);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<ManifestShard> StageAsync(ShardTable table, string file, long rows, ShardStaging staging, CancellationToken cancellationToken)
    {
        var source = File.OpenRead(file);
        await using (source.ConfigureAwait(false))
        {
            var sha256 = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(source, cancellationToken).ConfigureAwait(false));
            var shard = new ManifestShard(string.Create(CultureInfo.InvariantCulture, $"{table.Folder}/part-{sha256[..NameDigits]}-{rows}.parquet"), table.Split, rows, sha256);
            source.Position = 0;
            var target = await store.OpenWriteAsync(ShardStaging.PathOf(staging.Id, shard.Path), cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                await source.CopyToAsync(target.Stream, cancellationToken).ConfigureAwait(false);
                await target.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            lock (staging) staging.Add(shard);
            return shard;
        }
    }
}
