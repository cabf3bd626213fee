using System.Security.Cryptography;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>The media of one clip, read once from start to end and hashed on the way.</summary>
internal sealed class CheckedMedia : Stream
{
    private const int BlockBytes = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream _inner;
    private readonly string _place;
    private readonly ClipRecord _clip;
    private long _position;

    private CheckedMedia(Stream inner, string place, ClipRecord clip)
    {
        _inner = inner;
        _place = place;
        _clip = clip;
        Length = inner.Length;
    }

    public override bool CanRead => true;

    /// <summary>It only goes forward, but its length is known: writers of tars ask for both in one.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the media of a retained clip.</summary>
    /// <exception cref="DatasetException">It is gone.</exception>
    public static async Task<CheckedMedia> OpenAsync(IDatasetStore store, ClipRecord clip, CancellationToken cancellationToken)
    {
        var path = ExportNames.MediaOf(clip);
        var stream = await store.OpenReadAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new DatasetException($"{store.Address}: {path}, the media of clip {clip.Id}, is gone. Nothing was exported; 'curate verify' tells what else is wrong, and another 'curate run' of the same sources cuts it again.");
        return new CheckedMedia(stream, $"{store.Address}: {path}", clip);
    }

    /// <summary>Reads what is left, keeping nothing of it.</summary>
    public async Task SkipAsync(CancellationToken cancellationToken) => await CopyToAsync(Null, BlockBytes, cancellationToken).ConfigureAwait(false);

    /// <summary>Compares what was read with the clip's row. Call it at the end of the stream.</summary>
    /// <exception cref="DatasetException">It is not what was cut.</exception>
    public void Check()
    {
        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (sha256 != _clip.MediaSha256)
        {
            throw new DatasetException($"{_place}, the media of clip {_clip.Id}, has SHA-256 {sha256}, its row says {_clip.MediaSha256 ?? "nothing"}. Nothing was exported; 'curate verify' tells what else is wrong.");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _inner.Read(buffer);
        Take(buffer[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Take(buffer.Span[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> read)
    {
        _hash.AppendData(read);
        _position += read.Length;
    }
}
