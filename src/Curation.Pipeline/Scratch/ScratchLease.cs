namespace Curation.Pipeline.Scratch;

/// <summary>A name for one file in the scratch folder and the right to fill it; disposing deletes the file.</summary>
public sealed class ScratchLease : IDisposable
{
    private readonly IDisposable _bytes;

    internal ScratchLease(string path, IDisposable bytes)
    {
        Path = path;
        _bytes = bytes;
    }

    /// <summary>Full path; there is no such file yet.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody still has it open; it goes with the folder.
        }
        finally
        {
            _bytes.Dispose();
        }
    }
}
