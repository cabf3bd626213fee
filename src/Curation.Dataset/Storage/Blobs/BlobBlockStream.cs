namespace Curation.Dataset.Storage.Blobs;

/// <summary>Gathers what is written into blocks of one size; only the last may be shorter, and stays here.</summary>
/// <param name="blockBytes">The size of a block.</param>
/// <param name="send">Sends a full block; its memory is used again afterwards.</param>
internal sealed class BlobBlockStream(int blockBytes, Func<ReadOnlyMemory<byte>, CancellationToken, Task> send) : Stream
{
    private const int FirstBytes = 64 * 1024;

    // Not from a pool: a request that was cancelled may still read it.
    private byte[] _block = [];
    private bool _disposed;
    private int _filled;
    private long _sent;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_disposed;

    public override long Length => _sent + _filled;

    public override long Position
    {
        get => _sent + _filled;
        set => throw new NotSupportedException();
    }

    /// <summary>What is written and not yet sent.</summary>
    public ReadOnlyMemory<byte> Rest => _block.AsMemory(0, _filled);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            // A full block waits for the next byte: it may be the last one.
            if (_filled == blockBytes) await SendAsync(cancellationToken).ConfigureAwait(false);

            buffer = buffer[Take(buffer.Span)..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // For libraries that write synchronously: sends on another thread, so that no scheduler of the caller is waited for.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_filled == blockBytes) Task.Run(() => SendAsync(CancellationToken.None)).GetAwaiter().GetResult();

            buffer = buffer[Take(buffer)..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        _block = [];
        _filled = 0;
        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var taken = Math.Min(buffer.Length, blockBytes - _filled);
        if (_block.Length < _filled + taken) Array.Resize(ref _block, Math.Min(blockBytes, Math.Max(FirstBytes, Math.Max(_block.Length * 2, _filled + taken))));
        buffer[..taken].CopyTo(_block.AsSpan(_filled));
        _filled += taken;
        return taken;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await send(Rest, cancellationToken).ConfigureAwait(false);
        _sent += _filled;
        _filled = 0;
    }
}
