using System.Globalization;

namespace Curation.Pipeline.Storage;

/// <summary>Which run writes which folder: one a folder, over all processes that see it. The system lets go of a lock when its process dies, however it dies.</summary>
/// <remarks>Nobody can read a locked file, so what holds the lock is written into a file beside it; it counts only while the lock is held.</remarks>
/// <param name="time">Tells since when.</param>
public sealed class OutputLocks(TimeProvider time)
{
    private const string LockName = ".curate.lock";
    private const string WriterName = ".curate.writer";
    private const int TakenLinux = 11, TakenMac = 35, TakenWindows = unchecked((int)0x80070020);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Hold> _holds = new(StringComparer.Ordinal);

    /// <summary>Who writes a folder now.</summary>
    /// <param name="folder">Full path; it need not be there.</param>
    /// <returns>What to tell a person; null where nobody does.</returns>
    public static string? FindWriter(string folder)
    {
        try
        {
            // Shared, so that those who only look do not keep each other off.
            using var look = new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return null;
        }
        catch (IOException error) when (IsTaken(error))
        {
            return Describe(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is not there, or cannot be read: whoever writes there is told.
            return null;
        }
    }

    /// <summary>Takes a folder for a run.</summary>
    /// <param name="folder">Full path; null for a place that has no lock.</param>
    /// <param name="runId">The run; the same one may take it again in this process.</param>
    /// <returns>Dispose it to let go.</returns>
    /// <exception cref="StoreUnavailableException">Another run has it, or it cannot be made a folder.</exception>
    public IDisposable Take(string? folder, string runId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        if (folder is null) return new Claim(null);

        lock (_gate)
        {
            if (!_holds.TryGetValue(folder, out var hold) || hold.RunId != runId) _holds[folder] = hold = new Hold(runId, Open(folder));
            if (hold.Claims++ == 0) Tell(folder, runId);
            return new Claim(() => Release(folder, hold));
        }
    }

    private static FileStream Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException error) when (IsTaken(error))
        {
            throw new StoreUnavailableException(Describe(folder), error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StoreUnavailableException($"{folder}: no permission to write there; choose another folder or change its permissions", error);
        }
        catch (IOException error)
        {
            throw PlaceTrouble.Explain(folder, error);
        }
    }

    private static bool IsTaken(IOException error) => error.HResult is TakenLinux or TakenMac or TakenWindows;

    private static string Describe(string folder)
    {
        var writer = "another run";
        try
        {
            writer = $"another run ({File.ReadAllText(Path.Combine(folder, WriterName))})";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has not been written yet, or is gone already.
        }

        return $"{folder}: {writer} is writing this data set; wait for it to end, cancel it, or choose another folder";
    }

    private void Tell(string folder, string runId)
    {
        try
        {
            File.WriteAllText(
                Path.Combine(folder, WriterName),
                string.Create(CultureInfo.InvariantCulture, $"{runId}, process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk: the lock holds without a name.
        }
    }

    private void Release(string folder, Hold hold)
    {
        lock (_gate)
        {
            if (--hold.Claims > 0) return;

            _holds.Remove(folder);
            try
            {
                File.Delete(Path.Combine(folder, WriterName));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Without a lock it says nothing.
            }

            hold.Lock.Dispose();
        }
    }

    private sealed class Hold(string runId, FileStream file)
    {
        public string RunId => runId;

        public FileStream Lock => file;

        public int Claims { get; set; }
    }

    private sealed class Claim(Action? release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
