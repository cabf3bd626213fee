using Curation.Dataset.Columns;

namespace Curation.Dataset.Exporting;

/// <summary>One file of an export while it is written. It is hashed on the way, so nothing is read again.</summary>
internal sealed class ExportFile(FileStream file, Action<long> done) : IAsyncDisposable
{
    private readonly HashingStream _hashing = new(file);

    /// <summary>Where the bytes go; owned by this object.</summary>
    public Stream Stream => _hashing;

    /// <summary>Bytes written so far.</summary>
    public long Bytes => _hashing.Length;

    /// <summary>Brings it to the disk.</summary>
    /// <returns>SHA-256 of the file, 64 lower-case hexadecimal digits.</returns>
    public async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        done(Bytes);
        return _hashing.Sha256();
    }

    public async ValueTask DisposeAsync()
    {
        await _hashing.DisposeAsync().ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
    }
}
