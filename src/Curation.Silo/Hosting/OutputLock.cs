namespace Curation.Silo.Hosting;

/// <summary>Keeps two runs from writing one data set. The system lets go of it when the process dies, however it dies.</summary>
internal sealed class OutputLock : IDisposable
{
    private const string FileName = ".curate.lock";

    private readonly FileStream _stream;

    private OutputLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, or says why not.</summary>
    public static OutputLock? TryTake(string folder, out string? error)
    {
        error = null;
        try
        {
            Directory.CreateDirectory(folder);
            return new OutputLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            error = $"--output {folder}: no permission to write there. Nothing was started; choose another folder or change its permissions.";
        }
        catch (IOException failure)
        {
            error = Directory.Exists(folder)
                ? $"--output {folder}: another run is writing this data set ({failure.Message}). Nothing was started; wait for it to end."
                : $"--output {folder}: cannot be made a folder ({failure.Message}). Nothing was started.";
        }

        return null;
    }

    public void Dispose() => _stream.Dispose();
}
