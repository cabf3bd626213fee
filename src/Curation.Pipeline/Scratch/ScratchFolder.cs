namespace Curation.Pipeline.Scratch;

/// <summary>One process's folder. A lock file beside it says that the process lives; the system lets go of it however the process dies.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string LockExtension = ".lock";
    private const int Tries = 8;

    private readonly FileStream _lock;

    private ScratchFolder(string path, FileStream own)
    {
        Path = path;
        _lock = own;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder for this process, and deletes those of processes that are gone.</summary>
    /// <param name="root">The folder of all processes.</param>
    public static ScratchFolder Take(string root)
    {
        // What sources hold is nobody else's business, and the name can be guessed.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        foreach (var file in Directory.EnumerateFiles(root, "*" + LockExtension)) Sweep(file);

        for (var left = Tries; ; left--)
        {
            var path = System.IO.Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
            try
            {
                var own = new FileStream(path + LockExtension, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
                Directory.CreateDirectory(path);
                return new ScratchFolder(path, own);
            }
            catch (IOException) when (left > 0)
            {
                // A process that started in the same moment took the new lock for a dead one's.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            _lock.Dispose();
            File.Delete(_lock.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next process sweeps it.
            _lock.Dispose();
        }
    }

    private static void Sweep(string lockFile)
    {
        try
        {
            using var dead = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            var folder = lockFile[..^LockExtension.Length];
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            File.Delete(lockFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process lives, or another one sweeps it now.
        }
    }
}
