using Microsoft.Win32.SafeHandles;

namespace Curation.Models.Checkpoints;

/// <summary>Reads ranges of one open file; several threads may read at once, because a read names its own place.</summary>
internal sealed class CheckpointBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    private CheckpointBytes(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened.</exception>
    public static CheckpointBytes Open(string path)
    {
        try
        {
            return new CheckpointBytes(path, File.OpenHandle(path, options: FileOptions.RandomAccess));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException($"{path} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Fills a span; <paramref name="what"/> names the range in the message of a failure.</summary>
    /// <param name="offset">From the file's start.</param>
    /// <param name="into">Filled whole.</param>
    /// <param name="what">For example "tensor 'a'".</param>
    /// <exception cref="CheckpointException">The range leaves the file or cannot be read.</exception>
    public void Read(long offset, Span<byte> into, string what)
    {
        if (offset < 0 || offset > Length - into.Length) throw Damaged($"{what} should be {into.Length} bytes at offset {offset}, but the file has {Length} bytes");

        try
        {
            while (!into.IsEmpty)
            {
                var read = RandomAccess.Read(_handle, into, offset);
                if (read == 0) throw Damaged($"{what} ends early at offset {offset}: the file was cut while it was read");
                into = into[read..];
                offset += read;
            }
        }
        catch (IOException exception)
        {
            throw new CheckpointException($"{Path}: {what} cannot be read: {exception.Message}", exception);
        }
    }

    public CheckpointException Damaged(string problem) => new($"{Path}: {problem}");

    public void Dispose() => _handle.Dispose();
}
