using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>Writes <c>clips.jsonl</c>: one row a line. The media stays where it is, and is read once to know that it is there and unchanged.</summary>
internal sealed class JsonlWriter(IDatasetStore store, ExportFolder folder)
{
    private const string Name = "clips.jsonl";

    // A store's answer takes longer than the hashing of a clip.
    private const int ReadAtOnce = 8;

    public async Task WriteAsync(IAsyncEnumerable<ClipRecord> clips, CancellationToken cancellationToken)
    {
        using var row = new ClipRowJson();
        var file = folder.Create(Name);
        await using (file.ConfigureAwait(false))
        {
            await foreach (var clip in ReadAhead.SelectAsync(clips, ReadAtOnce, CheckAsync, cancellationToken).ConfigureAwait(false))
            {
                await file.Stream.WriteAsync(row.Write(clip), cancellationToken).ConfigureAwait(false);
                await file.Stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
            }

            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ClipRecord> CheckAsync(ClipRecord clip, CancellationToken cancellationToken)
    {
        var media = await CheckedMedia.OpenAsync(store, clip, cancellationToken).ConfigureAwait(false);
        await using (media.ConfigureAwait(false))
        {
            await media.SkipAsync(cancellationToken).ConfigureAwait(false);
            media.Check();
        }

        return clip;
    }
}
