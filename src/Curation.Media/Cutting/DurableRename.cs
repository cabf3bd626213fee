using System.Runtime.InteropServices;

namespace Curation.Media.Cutting;

/// <summary>Makes a written file appear under its name whole or not at all, also over a power cut.</summary>
internal static partial class DurableRename
{
    /// <summary>Extension of a file that is being written.</summary>
    public const string Extension = ".part";

    /// <summary>A hidden name beside the target, on the same file system, that no reader takes for a clip.</summary>
    public static string TemporaryBeside(string target, Func<string>? name) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(target))!, (name is null ? $".{Guid.NewGuid():N}" : name()) + Extension);

    /// <summary>Flushes the file, gives it its name, and flushes the folder.</summary>
    public static void Commit(string temporary, string target)
    {
        using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, target, overwrite: true);
        if (OperatingSystem.IsLinux()) FlushFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    private static void FlushFolder(string folder)
    {
        // Some file systems refuse to flush a folder; the rename itself has been done.
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
