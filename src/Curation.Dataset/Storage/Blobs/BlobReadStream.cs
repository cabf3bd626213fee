namespace Curation.Dataset.Storage.Blobs;

/// <summary>A blob as a seekable stream that fetches ranges as they are asked for.</summary>
/// <param name="version">The version that is read.</param>
internal sealed class BlobReadStream(BlobVersion version) : Stream
{
    // Small enough for the footers of shards, large enough that a whole shard does not take many questions.
    private const int WindowBytes = 4 * 1024 * 1024;

    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => version.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position >= Length) return 0;

        if (_position < _windowStart || _position >= _windowStart + _windowLength)
        {
            // A large buffer is filled directly; the window is for small reads.
            var left = (int)Math.Min(Length - _position, int.MaxValue);
            if (buffer.Length >= WindowBytes)
            {
                var count = Math.Min(left, buffer.Length);
                await version.ReadAsync(_position, buffer[..count], cancellationToken).ConfigureAwait(false);
                _position += count;
                return count;
            }

            await MoveWindowAsync(Math.Min(left, WindowBytes), cancellationToken).ConfigureAwait(false);
        }

        var start = (int)(_position - _windowStart);
        var copied = Math.Min(buffer.Length, _windowLength - start);
        _window.AsSpan(start, copied).CopyTo(buffer.Span);
        _position += copied;
        return copied;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // For libraries that read synchronously: on another thread, so that no scheduler of the caller is waited for.
    public override int Read(byte[] buffer, int offset, int count) =>
        Task.Run(() => ReadAsync(buffer.AsMemory(offset, count)).AsTask()).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task MoveWindowAsync(int count, CancellationToken cancellationToken)
    {
        if (_window.Length < count) _window = new byte[count];

        // What a failure leaves half filled must not be taken for content.
        _windowLength = 0;
        await version.ReadAsync(_position, _window.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        _windowStart = _position;
        _windowLength = count;
    }
}
