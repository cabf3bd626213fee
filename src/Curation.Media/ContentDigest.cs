using System.Security.Cryptography;

namespace Curation.Media;

/// <summary>The name of a file's content.</summary>
public static class ContentDigest
{
    private const int BufferBytes = 1 << 20;

    /// <summary>SHA-256 of a file, read once from start to end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="MediaException">It cannot be read, or its size or time of change differed before and after.</exception>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        try
        {
            var before = State(path);
            if (before.Length == 0) return Convert.ToHexStringLower(SHA256.HashData([]));

            byte[] hash;
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
            }

            return State(path) == before
                ? Convert.ToHexStringLower(hash)
                : throw new MediaException(MediaStage.Open, "the file changed while it was read");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MediaException(MediaStage.Open, "permission denied: the file may not be read", e);
        }
        catch (FileNotFoundException e)
        {
            throw new MediaException(MediaStage.Open, "the file does not exist", e);
        }
        catch (IOException e)
        {
            throw new MediaException(MediaStage.Open, $"the file could not be read: {e.Message}", e);
        }
    }

    private static (long Length, DateTime Changed) State(string path)
    {
        var file = new FileInfo(path);
        return (file.Length, file.LastWriteTimeUtc);
    }
}
