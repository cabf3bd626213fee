using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Exporting;

/// <summary>Writes a folder for Hugging Face <c>datasets</c>: the shards byte for byte under the names it knows, the media and stills under the paths the rows give, and a card.</summary>
internal sealed class HuggingFaceWriter(IDatasetStore store, ExportFolder folder)
{
    private const string CardName = "README.md";
    private const int CopyBytes = 1 << 20;

    // A store's answer takes longer than the copying of a clip; each copy holds one buffer.
    private const int CopiesAtOnce = 8;

    /// <param name="manifest">The snapshot with the shards that are wanted, and no others.</param>
    /// <param name="clips">Their clips.</param>
    /// <param name="tally">Counts the clips.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(SnapshotManifest manifest, IAsyncEnumerable<ClipRecord> clips, ExportTally tally, CancellationToken cancellationToken)
    {
        foreach (var split in manifest.Shards.GroupBy(shard => shard.Split!, StringComparer.Ordinal))
        {
            var shards = split.ToList();
            for (var index = 0; index < shards.Count; index++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{HuggingFaceCard.DataFolder}/{split.Key}-{index:00000}-of-{shards.Count:00000}.parquet");
                await CopyShardAsync(manifest, shards[index], name, cancellationToken).ConfigureAwait(false);
            }
        }

        var copies = ReadAhead.SelectAsync(clips, CopiesAtOnce, CopyMediaAsync, cancellationToken);
        await foreach (var _ in copies.ConfigureAwait(false))
        {
        }

        var fields = await ReadFieldsAsync(manifest, cancellationToken).ConfigureAwait(false);
        await folder.WriteAsync(CardName, HuggingFaceCard.Write(manifest, fields, tally), cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyShardAsync(SnapshotManifest manifest, ManifestShard shard, string name, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(manifest, shard, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var sha256 = await CopyAsync(stream, name, cancellationToken).ConfigureAwait(false);
            if (sha256 != shard.Sha256) throw new DatasetException($"{store.Address}: the shard {shard.Path} has SHA-256 {sha256}, the manifest says {shard.Sha256}. Nothing was exported; 'curate verify' tells what else is wrong.");
        }
    }

    private async Task<ClipId> CopyMediaAsync(ClipRecord clip, CancellationToken cancellationToken)
    {
        var media = await CheckedMedia.OpenAsync(store, clip, cancellationToken).ConfigureAwait(false);
        await using (media.ConfigureAwait(false))
        {
            await CopyAsync(media, ExportNames.MediaOf(clip), cancellationToken).ConfigureAwait(false);
            media.Check();
        }

        // A still is an extra without a hash: one that is gone takes nothing from the clip.
        if (clip.PosterPath is { } poster && DatasetPath.IsInside(poster) && await store.OpenReadAsync(poster, cancellationToken).ConfigureAwait(false) is { } still)
        {
            await using (still.ConfigureAwait(false)) await CopyAsync(still, poster, cancellationToken).ConfigureAwait(false);
        }

        return clip.Id;
    }

    /// <returns>SHA-256 of what was copied.</returns>
    private async Task<string> CopyAsync(Stream from, string name, CancellationToken cancellationToken)
    {
        var file = folder.Create(name);
        await using (file.ConfigureAwait(false))
        {
            await from.CopyToAsync(file.Stream, CopyBytes, cancellationToken).ConfigureAwait(false);
            return await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // From the file and not from this program's columns: a data set may have been written by an older one.
    private async Task<IReadOnlyList<Field>> ReadFieldsAsync(SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(manifest, manifest.Shards[0], cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var parquet = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (parquet.ConfigureAwait(false)) return parquet.Schema.Fields;
        }
    }

    private async Task<Stream> OpenAsync(SnapshotManifest manifest, ManifestShard shard, CancellationToken cancellationToken) =>
        await ShardPlaces.OpenAsync(store, manifest, shard.Path, cancellationToken).ConfigureAwait(false)
        ?? throw new DatasetException($"{store.Address}: the shard {shard.Path} is gone. Nothing was exported; 'curate verify' tells what else is wrong.");
}
