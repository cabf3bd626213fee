namespace Curation.Models.Endpoints;

/// <summary>Answers as files of a folder.</summary>
/// <param name="folder">Made when the first answer comes.</param>
internal sealed class AnswerFolder(string folder)
{
    /// <summary>Reads a file; one that cannot be read is as good as none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(folder, path), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file; readers see the old one or the new one.</summary>
    public async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder, path);
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
    }
}
