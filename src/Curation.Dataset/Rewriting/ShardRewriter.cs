using System.Globalization;
using System.Security.Cryptography;
using Curation.Dataset.Queries;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Rewriting;

/// <summary>Writes the clips of a snapshot anew, some shards at a time on every thread, for the next snapshot.</summary>
/// <param name="store">The data set.</param>
/// <param name="options">What it may take of this machine, over all threads.</param>
internal sealed class ShardRewriter(IDatasetStore store, QueryOptions options)
{
    // Rows in memory at once in each thread: at some 8 kB a row, 200 MB. They are also the most that a shard gets.
    private const long RowsAtOnce = 25_000;

    private const int NameDigits = 24;

    /// <summary>Changes the rows of some shards.</summary>
    /// <param name="session">A session of its own.</param>
    /// <param name="folder">A folder of this machine for files on their way.</param>
    /// <param name="files">The shards' files.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>A file for each table that has rows, and the counts.</returns>
    public delegate Task<(IReadOnlyList<RewrittenFile> Files, RejudgeTally Tally)> Change(DuckDbSession session, string folder, IReadOnlyList<(ManifestShard Shard, string File)> files, CancellationToken cancellationToken);

    /// <summary>Writes the clips anew.</summary>
    /// <param name="files">The snapshot's shards.</param>
    /// <param name="current">The snapshot.</param>
    /// <param name="staging">Where the new shards wait for the commit.</param>
    /// <param name="change">Changes the rows of some shards.</param>
    /// <param name="progress">Told the share of rows that are done, 0..1.</param>
    /// <param name="cancellationToken">Stops; what is staged is abandoned.</param>
    /// <returns>The next manifest, with shards, funnel and hours, and the counts.</returns>
    public async Task<(SnapshotManifest Manifest, RejudgeTally Tally)> RewriteAsync(
        ShardFiles files, SnapshotManifest current, ShardStaging staging, Change change, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (tally, done) = (new RejudgeTally(), 0L);
        var total = Math.Max(1, current.Funnel.Clips);
        var chunks = new List<(int Index, IReadOnlyList<ManifestShard> Shards)>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Group(files.Files).Select((group, index) => (group, index)), parallel, async (work, stop) =>
        {
            var (shards, counted) = await RewriteAsync(work.group, staging, change, stop).ConfigureAwait(false);
            lock (chunks)
            {
                chunks.Add((work.index, shards));
                tally.Add(counted);
                done += work.group.Sum(entry => entry.Shard.Rows);
                progress?.Report((double)done / total);
            }
        }).ConfigureAwait(false);

        var order = ShardTable.All.Select((table, index) => (table.Folder, index)).ToDictionary(entry => entry.Folder, entry => entry.index, StringComparer.Ordinal);
        var manifest = current with
        {
            Staging = null,
            Funnel = tally.Funnel(current.Funnel),
            Hours = tally.Hours(current.Hours),
            Shards =
            [
                .. chunks.OrderBy(chunk => chunk.Index).SelectMany(chunk => chunk.Shards)
                    .Concat(current.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is null))
                    .OrderBy(shard => order[shard.Path[..shard.Path.LastIndexOf('/')]]),
            ],
        };
        return (manifest, tally);
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

    private async Task<(IReadOnlyList<ManifestShard> Shards, RejudgeTally Tally)> RewriteAsync(
        IReadOnlyList<(ManifestShard Shard, string File)> group, ShardStaging staging, Change change, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("curate-rewrite-").FullName;
        try
        {
            var mine = options with { Threads = 1, MemoryMegabytes = options.MemoryMegabytes / options.Threads, SpillFolder = folder };
            var session = await DuckDbSession.OpenAsync(mine, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                var (files, tally) = await change(session, folder, group, cancellationToken).ConfigureAwait(false);
                var shards = new List<ManifestShard>();
                foreach (var file in files) shards.Add(await StageAsync(file, staging, cancellationToken).ConfigureAwait(false));
                return (shards, tally);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<ManifestShard> StageAsync(RewrittenFile file, ShardStaging staging, CancellationToken cancellationToken)
    {
        var source = File.OpenRead(file.File);
        await using (source.ConfigureAwait(false))
        {
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(source, cancellationToken).ConfigureAwait(false));
            var shard = new ManifestShard(string.Create(CultureInfo.InvariantCulture, $"{file.Table.Folder}/part-{sha256[..NameDigits]}-{file.Rows}.parquet"), file.Table.Split, file.Rows, sha256);
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
