using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Collecting;

/// <summary>Deletes what neither the current snapshot nor a finished source refers to: shards of the snapshot before, media and stills of clips that are no longer wanted, outcomes that were replaced.</summary>
/// <remarks>Nobody else may write the data set meanwhile. Where that cannot be kept up, as in blobs, <paramref name="spare"/> leaves alone what a run at work may be about to name.</remarks>
/// <param name="store">The data set.</param>
/// <param name="spare">Objects younger than this are left alone.</param>
public sealed class GarbageCollector(IDatasetStore store, TimeSpan spare)
{
    private const string MediaFolder = "clips", PosterFolder = "posters";

    /// <summary>Finds, and deletes.</summary>
    /// <param name="delete">Whether to delete; false only counts.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    /// <returns>What was found, kind by kind.</returns>
    /// <exception cref="DatasetException">There is no data set, or a shard is gone.</exception>
    public async Task<IReadOnlyList<Garbage>> CollectAsync(bool delete, CancellationToken cancellationToken = default)
    {
        var manifest = await new SnapshotReader(store).ReadManifestAsync(cancellationToken).ConfigureAwait(false);
        var named = await NamedFilesAsync(manifest, cancellationToken).ConfigureAwait(false);
        var fragments = await new FragmentStore(store).ListUsedAsync(cancellationToken).ConfigureAwait(false);
        var before = await StoreClock.ReadAsync(store, cancellationToken).ConfigureAwait(false) - spare;
        return
        [
            await SweepAsync("shards of the snapshot before", ShardPlaces.SupersededFolder, _ => true, null).ConfigureAwait(false),
            await SweepAsync("media of clips that are not retained", MediaFolder, path => !named.Contains(path), before).ConfigureAwait(false),
            await SweepAsync("stills without a clip", PosterFolder, path => !named.Contains(path), before).ConfigureAwait(false),
            await SweepAsync("outcomes that were replaced", FragmentStore.Folder, path => !fragments.Contains(path), before).ConfigureAwait(false),
        ];

        async Task<Garbage> SweepAsync(string kind, string folder, Func<string, bool> isGarbage, DateTimeOffset? olderThan)
        {
            var found = new List<StoredEntry>();
            await foreach (var entry in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (isGarbage(entry.Path) && !(entry.ModifiedUtc > olderThan)) found.Add(entry);
            }

            if (delete)
            {
                foreach (var entry in found) await store.DeleteAsync(entry.Path, cancellationToken).ConfigureAwait(false);
            }

            return new Garbage(kind, found.Count, found.Sum(entry => entry.SizeBytes));
        }
    }

    private async Task<HashSet<string>> NamedFilesAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var session = await DuckDbSession.OpenAsync(new QueryOptions(), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var outcome in Enum.GetValues<ClipOutcome>())
            {
                if (files.From(outcome) is not { } from) continue;

                await session.ReadAsync($"SELECT media_path, poster_path FROM {from}", row =>
                {
                    if (!row.IsDBNull(0)) named.Add(row.GetString(0));
                    if (!row.IsDBNull(1)) named.Add(row.GetString(1));
                }, cancellationToken).ConfigureAwait(false);
            }
        }

        return named;
    }
}
