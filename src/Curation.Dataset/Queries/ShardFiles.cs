using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Queries;

/// <summary>The shards of a snapshot as files of this machine: where they lie in a folder, or copies of blobs that are deleted at the end.</summary>
internal sealed class ShardFiles : IDisposable
{
    private readonly string? _copies;

    private ShardFiles(IReadOnlyList<(ManifestShard Shard, string File)> files, string? copies) => (Files, _copies) = (files, copies);

    /// <summary>Every shard with its file, in the manifest's order.</summary>
    public IReadOnlyList<(ManifestShard Shard, string File)> Files { get; }

    /// <summary>Finds or fetches the shards with clips.</summary>
    /// <exception cref="DatasetException">A shard is gone.</exception>
    public static async Task<ShardFiles> OpenAsync(IDatasetStore store, SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var shards = manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is not null).ToList();
        if (store.FileOf(SnapshotManifest.Path) is not null) return new ShardFiles([.. shards.Select(shard => (shard, ShardPlaces.FindFile(store, manifest, shard.Path) ?? throw Gone(store, shard)))], null);

        var copies = new List<(ManifestShard, string)>(shards.Count);
        var files = new ShardFiles(copies, Directory.CreateTempSubdirectory("curate-shards-").FullName);
        var fetched = false;
        try
        {
            foreach (var shard in shards) copies.Add((shard, await FetchAsync(store, manifest, shard, Path.Combine(files._copies!, $"{copies.Count}.parquet"), cancellationToken).ConfigureAwait(false)));
            fetched = true;
            return files;
        }
        finally
        {
            if (!fetched) files.Dispose();
        }
    }

    /// <summary>The files of one table, as DuckDB reads them.</summary>
    /// <returns>Null where the snapshot has no such clip.</returns>
    public string? From(ClipOutcome outcome)
    {
        var files = Files.Where(entry => ShardTable.OutcomeOf(entry.Shard.Path) == outcome).Select(entry => entry.File).ToList();
        return files.Count == 0 ? null : $"read_parquet({SqlText.List(files)}, hive_partitioning = false, union_by_name = true)";
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_copies is not null) Directory.Delete(_copies, recursive: true);
    }

    private static DatasetException Gone(IDatasetStore store, ManifestShard shard) => new($"{store.Address}: the shard {shard.Path} is gone. 'curate verify' names all damage.");

    private static async Task<string> FetchAsync(IDatasetStore store, SnapshotManifest manifest, ManifestShard shard, string path, CancellationToken cancellationToken)
    {
        var source = await ShardPlaces.OpenAsync(store, manifest, shard.Path, cancellationToken).ConfigureAwait(false) ?? throw Gone(store, shard);
        await using (source.ConfigureAwait(false))
        {
            var target = File.Create(path);
            await using (target.ConfigureAwait(false)) await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }

        return path;
    }
}
