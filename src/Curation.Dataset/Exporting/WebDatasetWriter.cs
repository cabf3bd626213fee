using System.Buffers;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>Writes tars of clips, those of each split numbered from 0, and an index of them in the form of WebDataset's <c>wids</c>.</summary>
internal sealed class WebDatasetWriter(IDatasetStore store, ExportFolder folder, long shardBytes) : IAsyncDisposable
{
    private const string IndexName = "index.json";

    private readonly List<WebDatasetShardInfo> _done = [];
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);
    private WebDatasetShard? _open;

    public async Task WriteAsync(IAsyncEnumerable<ClipRecord> clips, CancellationToken cancellationToken)
    {
        using var row = new ClipRowJson();
        await foreach (var clip in clips.WithCancellation(cancellationToken).ConfigureAwait(false)) await AddAsync(clip, row.Write(clip), cancellationToken).ConfigureAwait(false);

        await EndAsync(cancellationToken).ConfigureAwait(false);
        await folder.WriteAsync(IndexName, Index(), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AddAsync(ClipRecord clip, ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        var (key, split) = (ExportNames.KeyOf(clip), ExportNames.SplitOf(clip));
        var media = await CheckedMedia.OpenAsync(store, clip, cancellationToken).ConfigureAwait(false);
        await using (media.ConfigureAwait(false))
        {
            // Without a caption there is an empty file, so that every sample has the same three.
            var caption = Encoding.UTF8.GetBytes(clip.Caption ?? "");
            var bytes = WebDatasetShard.BytesOf(media.Length, row.Length, caption.Length);
            if (_open is { Samples: > 0 } && (_open.Split != split || _open.Bytes + bytes > shardBytes)) await EndAsync(cancellationToken).ConfigureAwait(false);
            if (_open is null)
            {
                var number = _next.GetValueOrDefault(split);
                _next[split] = number + 1;
                _open = new WebDatasetShard(folder, split, number);
            }

            await _open.AddAsync(key, media, row, caption, cancellationToken).ConfigureAwait(false);
            media.Check();
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_open is null) return;

        _done.Add(await _open.CommitAsync(cancellationToken).ConfigureAwait(false));
        await _open.DisposeAsync().ConfigureAwait(false);
        _open = null;
    }

    private byte[] Index()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("__kind__", "wids-shard-index-v1");
            json.WriteNumber("wids_version", 1);
            json.WriteStartArray("shardlist");
            foreach (var shard in _done)
            {
                json.WriteStartObject();
                json.WriteString("url", shard.Name);
                json.WriteNumber("nsamples", shard.Samples);
                json.WriteNumber("filesize", shard.Bytes);
                json.WriteString("sha256", shard.Sha256);
                json.WriteString("split", shard.Split);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
