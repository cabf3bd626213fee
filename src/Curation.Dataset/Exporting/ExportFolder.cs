using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>The folder of an export: written beside its place under a name that says that it is not finished, and renamed at the end.</summary>
/// <remarks>
/// The unfinished folder holds a file that its writer has locked: so a later export knows it for one of its own, and clears it away
/// only where nobody is at work in it. The system lets go of the lock however the process dies.
/// </remarks>
internal sealed class ExportFolder : IDisposable
{
    private const string Ending = ".partial";
    private const string MarkerName = ".curate-export";
    private const int BufferBytes = 128 * 1024;

    private readonly string _target;
    private readonly FileStream _marker;
    private bool _whole;

    private ExportFolder(string target, string path, FileStream marker)
    {
        _target = target;
        Path = path;
        _marker = marker;
    }

    /// <summary>Where the files are while the export is not finished.</summary>
    public string Path { get; }

    /// <summary>Files written.</summary>
    public int Files { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes the folder, and clears away what a killed export left of itself.</summary>
    /// <param name="output">Where the export shall lie.</param>
    /// <exception cref="ExportPlaceException">Nothing may be written there.</exception>
    public static ExportFolder Open(string output)
    {
        var target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(output));
        if (File.Exists(target)) throw new ExportPlaceException($"{target}: is a file; give a folder.");
        if (System.IO.Path.GetDirectoryName(target) is null || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new ExportPlaceException($"{target}: is not empty; give a folder that is not there yet, or an empty one.");
        }

        var path = target + Ending;
        var folder = new ExportFolder(target, path, Take(path));
        var isReady = false;
        try
        {
            Clear(path);
            RemoveEmpty(target);
            isReady = true;
            return folder;
        }
        finally
        {
            if (!isReady) folder.Dispose();
        }
    }

    /// <summary>Starts a file.</summary>
    /// <param name="name">Its path in the export, with forward slashes.</param>
    public ExportFile Create(string name)
    {
        var path = System.IO.Path.Combine(Path, DatasetPath.Check(name).Replace('/', System.IO.Path.DirectorySeparatorChar));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return new ExportFile(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous), Count);
    }

    /// <summary>Writes a small file whole.</summary>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = Create(name);
        await using (file.ConfigureAwait(false))
        {
            await file.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the folder its name. From then on it is finished.</summary>
    /// <exception cref="DatasetException">It could not be renamed; it stays, whole, under the name of an unfinished one.</exception>
    public void Commit()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories).Append(Path)) DirectorySync.Flush(folder);
        _whole = true;
        _marker.Dispose();
        try
        {
            Directory.Move(Path, _target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"The export is whole, but {Path} could not be renamed to {_target}: {error.Message} Rename it yourself; the next export to the same place deletes it.", error);
        }

        File.Delete(System.IO.Path.Combine(_target, MarkerName));
        DirectorySync.Flush(System.IO.Path.GetDirectoryName(_target)!);
    }

    /// <summary>Throws away what was not committed.</summary>
    public void Dispose()
    {
        _marker.Dispose();
        if (_whole) return;

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next export to the same place clears it away; its name says that it is not finished.
        }
    }

    private static FileStream Take(string path)
    {
        var marker = System.IO.Path.Combine(path, MarkerName);
        try
        {
            if (File.Exists(path) || (Directory.Exists(path) && !File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any()))
            {
                throw new ExportPlaceException($"{path}: is there already and was not made by an export, which would write there until it is finished; rename it, or export to another folder.");
            }

            Directory.CreateDirectory(path);
            return new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not ExportPlaceException))
        {
            throw new ExportPlaceException($"{path}: cannot be written, or another export writes there now: {error.Message}", error);
        }
    }

    private static void Clear(string path)
    {
        foreach (var folder in Directory.EnumerateDirectories(path)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
        {
            if (System.IO.Path.GetFileName(file) != MarkerName) File.Delete(file);
        }
    }

    // Before the work and not after it: what cannot be replaced, such as the mount point of a container, is known at once.
    private static void RemoveEmpty(string target)
    {
        if (!Directory.Exists(target)) return;

        try
        {
            Directory.Delete(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExportPlaceException($"{target}: is empty, but cannot be replaced by the finished export ({error.Message}); give a folder in it.", error);
        }
    }

    private void Count(long bytes)
    {
        lock (_marker)
        {
            Files++;
            Bytes += bytes;
        }
    }
}
