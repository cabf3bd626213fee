using System.Runtime.InteropServices;

namespace Klear.Model.Training.State;

/// <summary>Makes the names in a folder durable: on POSIX they survive a power cut only once the folder itself is flushed, and .NET has no call for it.</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder to disk. Does nothing on Windows, whose file systems journal names, or where the file system refuses.</summary>
    /// <param name="folder">Full path of the folder.</param>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) return;

        // Some network file systems answer EINVAL; the names themselves are there, so there is nothing better to do.
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
