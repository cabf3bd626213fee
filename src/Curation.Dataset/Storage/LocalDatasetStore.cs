using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Curation.Dataset.Storage;

/// <summary>A data set in a folder. A file appears whole or not at all: written under a temporary name, flushed, renamed, and the folder flushed.</summary>
/// <remarks>
/// Temporary files lie in <c>_state/tmp</c>, so the folder must be one file system. The first write of a process
/// deletes those that a killed process left there. Replacing the manifest holds an exclusive lock on
/// <c>_state/lock</c>, which the operating system releases when a process dies.
/// </remarks>
public sealed class LocalDatasetStore : IDatasetStore
{
    private const string TemporaryFolder = "_state/tmp";
    private const string LockFile = "_state/lock";
    private const int BufferBytes = 64 * 1024;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    // Writers of one process queue here, so that they do not poll against each other for the file.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private readonly string _root;
    private readonly TimeProvider _time;
    private int _prepared;

    /// <summary>Opens a folder; it is made when something is written.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="time">Clock for the age of abandoned files and for waiting.</param>
    public LocalDatasetStore(string root, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        _root = DatasetAddress.OfFolder(root);
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc />
    public string Address => _root;

    /// <summary>The file that a path stands for, for programs such as ffmpeg that need one.</summary>
    /// <param name="path">A path inside the data set.</param>
    /// <returns>Full path; the file need not exist.</returns>
    /// <exception cref="ArgumentException">The path leaves the data set.</exception>
    public string FullPath(string path) => Path.Combine(_root, DatasetPath.Check(path).Replace('/', Path.DirectorySeparatorChar));

    /// <inheritdoc />
    public string? FileOf(string path) => FullPath(path);

    /// <inheritdoc />
    public async ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(FullPath(path), cancellationToken).ConfigureAwait(false);
            return new StoredObject(content, TagOf(content));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var write = await OpenWriteAsync(path, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            try
            {
                await write.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                throw StorageFailure.Explain(error, path, FullPath(path));
            }

            await write.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var guard = await LockAsync(cancellationToken).ConfigureAwait(false);
            await using (guard.ConfigureAwait(false))
            {
                var current = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
                if (current?.ETag != expectedETag) return false;

                await PutAsync(path, content, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <inheritdoc />
    public ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = FullPath(path);
        try
        {
            Prepare();
            return ValueTask.FromResult<StagedWrite>(new LocalStagedWrite(Path.Combine(FullPath(TemporaryFolder), TemporaryNames.Next()), target, path));
        }
        catch (IOException error)
        {
            throw StorageFailure.Explain(error, path, target);
        }
    }

    /// <inheritdoc />
    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Delete sharing lets a commit move a shard away under an open reader on Windows too.
            return ValueTask.FromResult<Stream?>(new FileStream(FullPath(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.Asynchronous));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(File.Exists(FullPath(path)));

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredEntry> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var top = new DirectoryInfo(folder.Length == 0 ? _root : FullPath(folder));
        if (!top.Exists) yield break;

        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var file in top.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Name.StartsWith(".tmp-", StringComparison.Ordinal)) continue;

            yield return new StoredEntry(Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), file.Length) { ModifiedUtc = file.LastWriteTimeUtc };
        }
    }

    /// <inheritdoc />
    public ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (from, to) = (FullPath(fromPath), FullPath(toPath));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(to)!);
            DirectorySync.Flush(Path.GetDirectoryName(from)!);
        }
        catch (FileNotFoundException)
        {
        }
        catch (IOException error)
        {
            throw StorageFailure.Explain(error, toPath, to);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            File.Delete(FullPath(path));
        }
        catch (DirectoryNotFoundException)
        {
        }

        return ValueTask.CompletedTask;
    }

    private static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Prepare()
    {
        var folder = Directory.CreateDirectory(FullPath(TemporaryFolder));
        if (Interlocked.Exchange(ref _prepared, 1) == 1) return;

        var now = _time.GetUtcNow();
        foreach (var file in folder.EnumerateFiles().Where(file => TemporaryNames.IsAbandoned(file, now))) file.Delete();
    }

    private async ValueTask<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        Prepare();
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(FullPath(LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException error) when (error is not DatasetException)
            {
                if (_time.GetElapsedTime(started) > LockPatience) throw new DatasetException($"Another process holds {FullPath(LockFile)}: {error.Message}", error);
            }

            await Task.Delay(LockRetry, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
