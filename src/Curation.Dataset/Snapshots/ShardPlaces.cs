using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>Where shards lie: those of the current snapshot in their folders, where users glob them, and those of the one before out of every glob's way.</summary>
internal static class ShardPlaces
{
    private const string SupersededFolder = "_state/superseded";

    // The ending keeps them from globs such as **/*.parquet over the whole data set.
    private const string SupersededEnding = ".old";

    /// <summary>Where a shard lies once a later snapshot no longer names it.</summary>
    public static string Superseded(string path) => $"{SupersededFolder}/{path}{SupersededEnding}";

    /// <summary>Opens a shard of this snapshot or of the one before.</summary>
    /// <returns>Null where it is gone.</returns>
    public static async Task<Stream?> OpenAsync(IDatasetStore store, string path, CancellationToken cancellationToken)
    {
        // Twice, because a commit may move the shard between the two looks.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await store.OpenReadAsync(path, cancellationToken).ConfigureAwait(false) is { } current) return current;
            if (await store.OpenReadAsync(Superseded(path), cancellationToken).ConfigureAwait(false) is { } superseded) return superseded;
        }

        return null;
    }

    /// <summary>Makes the folders show exactly a manifest's shards. Every step may be interrupted and done again.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="current">The manifest's shards.</param>
    /// <param name="before">Shards that readers of the parent may still want; null keeps whatever is there.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static async Task SettleAsync(IDatasetStore store, IReadOnlyList<ManifestShard> current, IReadOnlyList<ManifestShard>? before, CancellationToken cancellationToken)
    {
        var wanted = current.Select(shard => shard.Path).ToHashSet(StringComparer.Ordinal);
        var missing = new HashSet<string>(wanted, StringComparer.Ordinal);
        var strays = new List<string>();
        foreach (var folder in ShardTable.Folders)
        {
            await foreach (var entry in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (!missing.Remove(entry.Path) && entry.Path.EndsWith(".parquet", StringComparison.Ordinal)) strays.Add(entry.Path);
            }
        }

        foreach (var path in missing) await store.MoveAsync(Superseded(path), path, cancellationToken).ConfigureAwait(false);
        foreach (var path in strays) await store.MoveAsync(path, Superseded(path), cancellationToken).ConfigureAwait(false);
        if (before is null) return;

        var kept = before.Select(shard => Superseded(shard.Path)).ToHashSet(StringComparer.Ordinal);
        var old = new List<string>();
        await foreach (var entry in store.ListAsync(SupersededFolder, cancellationToken).ConfigureAwait(false))
        {
            if (!kept.Contains(entry.Path)) old.Add(entry.Path);
        }

        foreach (var path in old) await store.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
    }
}
