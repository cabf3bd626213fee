using Curation.Dataset.Card;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>Makes a manifest the current one, and the folders show its shards.</summary>
/// <param name="store">The data set.</param>
/// <param name="time">Clock for <c>created_utc</c>.</param>
internal sealed class SnapshotPublisher(IDatasetStore store, TimeProvider time)
{
    /// <summary>The current manifest, with its shards in their folders also where its commit was killed before they were: from now on only the next manifest says where they are.</summary>
    public async Task<(SnapshotManifest Manifest, string ETag)?> ReadCurrentAsync(CancellationToken cancellationToken)
    {
        var current = await ManifestJson.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        if (current?.Manifest is { Staging: { } staging } manifest)
        {
            await ShardStaging.PlaceAsync(store, staging, ShardPlaces.PathsOf(manifest.Shards), cancellationToken).ConfigureAwait(false);
        }

        return current;
    }

    /// <summary>Puts a manifest in the place of the current one.</summary>
    /// <param name="manifest">What is to stand, without name, parent and time.</param>
    /// <param name="current">What stands.</param>
    /// <param name="staging">Where its new shards lie.</param>
    /// <param name="written">How many were written.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The snapshot that is current now.</returns>
    /// <exception cref="DatasetConflictException">Somebody else was faster.</exception>
    public async Task<CommitResult> PublishAsync(SnapshotManifest manifest, (SnapshotManifest Manifest, string ETag)? current, ShardStaging staging, int written, CancellationToken cancellationToken)
    {
        if (current is { } old && ManifestJson.Fingerprint(old.Manifest) == ManifestJson.Fingerprint(manifest))
        {
            await TidyAsync(old.Manifest, staging, null, cancellationToken).ConfigureAwait(false);
            return new CommitResult(old.Manifest, false, written);
        }

        manifest = manifest with { Parent = current?.Manifest.Id, CreatedUtc = time.GetUtcNow(), Staging = staging.Written.Count > 0 ? staging.Id : null };
        manifest = manifest with { Id = ManifestJson.NameOf(manifest) };
        if (!await store.TryReplaceAsync(SnapshotManifest.Path, ManifestJson.Write(manifest), current?.ETag, cancellationToken).ConfigureAwait(false))
        {
            throw new DatasetConflictException($"{store.Address}: other processes committed snapshots meanwhile, each time this one was about to. The sources that were done stay done; commit again.");
        }

        await TidyAsync(manifest, staging, current?.Manifest.Shards ?? [], cancellationToken).ConfigureAwait(false);
        return new CommitResult(manifest, true, written);
    }

    private async Task TidyAsync(SnapshotManifest manifest, ShardStaging staging, IReadOnlyList<ManifestShard>? before, CancellationToken cancellationToken)
    {
        await ShardStaging.PlaceAsync(store, staging.Id, ShardPlaces.PathsOf(manifest.Shards), cancellationToken).ConfigureAwait(false);

        // Whoever committed meanwhile tidies for both, and has written a newer card.
        if (!await ShardPlaces.SettleAsync(store, manifest, before, cancellationToken).ConfigureAwait(false)) return;

        await ShardStaging.SweepAsync(store, cancellationToken).ConfigureAwait(false);
        await DatasetCard.WriteAsync(store, manifest, cancellationToken).ConfigureAwait(false);
    }
}
