using System.Globalization;
using System.Security.Cryptography;
using Curation.Dataset.Storage;

namespace Curation.Grains.FileState;

/// <summary>The folder that holds an embedded silo's small state. One silo at a time: whoever has it holds a lock that the system lets go of when the process dies, however it dies.</summary>
/// <remarks>
/// Files are written as a data set's are: under a temporary name, flushed, renamed, the folder flushed. So a file is
/// what it was or what it became, at whatever moment the process is killed or the power fails.
/// </remarks>
public sealed class StateFolder : IDisposable
{
    private const string LockName = "lock";
    private const string Damaged = "damaged";
    private const string Removed = "removed";

    private readonly LocalDatasetStore _store;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private FileStream? _lock;
    private bool _disposed;

    /// <summary>Names a folder; nothing is made or locked yet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="time">Clock for the names of what is moved aside.</param>
    public StateFolder(string path, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(time);

        FullPath = Path.GetFullPath(path);
        _time = time;
        _store = new LocalDatasetStore(FullPath, time);
    }

    /// <summary>Full path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Makes the folder and takes it for this silo. Does nothing where this object has it already.</summary>
    /// <exception cref="StateFolderException">Another silo has it, or it cannot be written.</exception>
    public void Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_lock is not null) return;

            try
            {
                Directory.CreateDirectory(FullPath);
                _lock = new FileStream(Path.Combine(FullPath, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (UnauthorizedAccessException error)
            {
                throw new StateFolderException($"The state folder {FullPath} cannot be written: {error.Message} Change its permissions, or name another folder.", error);
            }
            catch (IOException error)
            {
                throw Directory.Exists(FullPath)
                    ? new StateFolderException($"The state folder {FullPath} is in use by another silo ({error.Message}). Two silos on one folder would overwrite each other: stop the other one, or give this one a folder of its own.", error)
                    : new StateFolderException($"The state folder {FullPath} cannot be made: {error.Message}", error);
            }
        }
    }

    /// <summary>Lets another silo have the folder.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _lock?.Dispose();
            _lock = null;
        }
    }

    /// <summary>The version of a file with this content.</summary>
    internal static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The file that a path stands for, for messages.</summary>
    internal string FileOf(string path) => _store.FullPath(path);

    /// <summary>A file's content; null where there is none.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        Open();
        return (await _store.ReadAsync(path, cancellationToken))?.Content;
    }

    /// <summary>Writes a file whole; it is durable when this completes.</summary>
    internal ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Open();
        return _store.PutAsync(path, content, cancellationToken);
    }

    /// <summary>Removes a file; it stays removed after a power cut, because the rename is flushed and a deletion would not be.</summary>
    internal async ValueTask RemoveAsync(string path, CancellationToken cancellationToken)
    {
        Open();
        var away = $"{Removed}/{Path.GetFileName(path)}";
        await _store.MoveAsync(path, away, cancellationToken);
        await _store.DeleteAsync(away, cancellationToken);
    }

    /// <summary>Moves a damaged file where nothing overwrites it.</summary>
    /// <returns>Full path of the file as it lies now.</returns>
    internal async ValueTask<string> SetAsideAsync(string path, CancellationToken cancellationToken)
    {
        Open();
        var when = _time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var aside = $"{Damaged}/{when}-{Path.GetFileName(path)}";
        await _store.MoveAsync(path, aside, cancellationToken);
        return _store.FullPath(aside);
    }

    /// <summary>The paths of a folder's files.</summary>
    internal async ValueTask<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        Open();
        var paths = new List<string>();
        await foreach (var entry in _store.ListAsync(folder, cancellationToken)) paths.Add(entry.Path);
        return paths;
    }
}
