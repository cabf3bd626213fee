using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Curation.Media.Processes;

/// <summary>A pipe whose writing end a child inherits and whose reading end is ours, read synchronously.</summary>
internal sealed partial class InheritedPipe : IDisposable
{
    /// <summary>1 MiB, the largest an unprivileged process may ask for by default (fs.pipe-max-size): fewer switches between the two processes.</summary>
    private const int LargeBytes = 1 << 20;

    private const int SetPipeSize = 1031; // F_SETPIPE_SZ, Linux

    private readonly AnonymousPipeServerStream _stream = new(PipeDirection.In, HandleInheritability.Inheritable);

    public InheritedPipe()
    {
        ChildNumber = int.Parse(_stream.GetClientHandleAsString(), CultureInfo.InvariantCulture);

        // A refusal (a limit of the user) leaves the usual 64 KiB: slower, not wrong.
        if (OperatingSystem.IsLinux()) _ = FileControl(ChildNumber, SetPipeSize, LargeBytes);
    }

    /// <summary>The file descriptor by which the child knows its end.</summary>
    public int ChildNumber { get; }

    public Stream Reader => _stream;

    /// <summary>Closes our copy of the child's end, so that the pipe ends when the child does.</summary>
    public void CloseChildEnd() => _stream.DisposeLocalCopyOfClientHandle();

    public void Dispose() => _stream.Dispose();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(int descriptor, int command, nint argument);
}
