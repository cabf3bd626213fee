using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>Where shards lie: those of the current snapshot in their folders, where users glob them, and those of the one before out of every glob's way.</summary>
internal static class ShardPlaces
{
    /// <summary>Where the shards of the snapshot before lie.</summary>
    public const string SupersededFolder = "_state/superseded";

    // The ending keeps them from globs such as **/*.parquet over the whole data set.
    private const string SupersededEnding = ".old";

    /// <summary>Where a shard lies once a later snapshot no longer names it.</summary>
    public static string Superseded(string path) => $"{SupersededFolder}/{path}{SupersededEnding}";

    /// <summary>Opens a shard of the current snapshot or of the one before.</summary>
    /// <returns>Null where it is gone.</returns>
    public static async Task<Stream?> OpenAsync(IDatasetStore store, SnapshotManifest manifest, string path, CancellationToken cancellationToken)
    {
        // Twice, because a commit may move the shard between the looks.
        var places = PlacesOf(manifest, path);
        foreach (var place in places.Concat(places))
        {
            if (await store.OpenReadAsync(place, cancellationToken).ConfigureAwait(false) is { } stream) return stream;
        }

        return null;
    }

    /// <summary>The file of a shard of the current snapshot or of the one before, for programs that need one.</summary>
    /// <returns>Null where it is gone, or shards are no files here.</returns>
    public static string? FindFile(IDatasetStore store, SnapshotManifest manifest, string path)
    {
        var places = PlacesOf(manifest, path).Select(store.FileOf).ToList();
        return places.Concat(places).FirstOrDefault(File.Exists);
    }

    /// <summary>Makes the folders show exactly a manifest's shards. Every step may be interrupted and done again.</summary>
    /// <remarks>
    /// A shard comes into its folder only after its manifest stands. So while a manifest is the current one, whatever else its folders
    /// show is of older commits, and may go; once there is a younger manifest, tidying is that commit's.
    /// </remarks>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="before">Shards that readers of the parent may still want; null keeps whatever is there.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>False where a younger commit has taken over.</returns>
    public static async Task<bool> SettleAsync(IDatasetStore store, SnapshotManifest manifest, IReadOnlyList<ManifestShard>? before, CancellationToken cancellationToken)
    {
        var missing = PathsOf(manifest.Shards);
        var strays = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in ShardTable.Folders)
        {
            await foreach (var entry in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (!missing.Remove(entry.Path) && entry.Path.EndsWith(".parquet", StringComparison.Ordinal)) strays.Add(entry.Path);
            }
        }

        var old = new List<string>();
        if (before is not null)
        {
            await foreach (var entry in store.ListAsync(SupersededFolder, cancellationToken).ConfigureAwait(false)) old.Add(entry.Path);
        }

        // After the looks and before the deeds: what was seen belongs to this manifest or to older ones.
        if ((await ManifestJson.ReadAsync(store, cancellationToken).ConfigureAwait(false))?.Manifest.Id != manifest.Id) return false;

        foreach (var path in missing) await store.MoveAsync(Superseded(path), path, cancellationToken).ConfigureAwait(false);
        foreach (var path in strays) await store.MoveAsync(path, Superseded(path), cancellationToken).ConfigureAwait(false);

        // A younger commit may want again what was only just moved, or what is named now.
        var kept = PathsOf(before ?? []).Union(PathsOf(manifest.Shards)).Union(strays).Select(Superseded).ToHashSet(StringComparer.Ordinal);
        foreach (var path in old.Where(path => !kept.Contains(path))) await store.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The paths of shards.</summary>
    public static HashSet<string> PathsOf(IEnumerable<ManifestShard> shards) => shards.Select(shard => shard.Path).ToHashSet(StringComparer.Ordinal);

    private static string[] PlacesOf(SnapshotManifest manifest, string path) =>
        manifest.Staging is { } staging ? [path, Superseded(path), ShardStaging.PathOf(staging, path)] : [path, Superseded(path)];
}
