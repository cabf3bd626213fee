using System.Diagnostics;
using System.Globalization;

namespace Klear.Model.Tests.Training.State;

/// <summary>A file system of a few pages in memory, which really runs full. It lives in the mount namespace of a process of its own, needs no rights, and goes with that process.</summary>
internal sealed class SmallDisk : IDisposable
{
    // There on every Linux, and hidden from nobody: the mount is the process's own.
    private const string MountPoint = "/mnt";

    private readonly Process _holder;

    private SmallDisk(Process holder, string path) => (_holder, Path) = (holder, path);

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Makes one; the test is skipped by name where the machine cannot.</summary>
    public static SmallDisk Require(long bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a disk that runs full is made of Linux's user namespaces and tmpfs");
        var script = string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={bytes} tmpfs {MountPoint} && echo ready && exec cat");
        Process? holder = null;
        try
        {
            holder = Process.Start(new ProcessStartInfo("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
        }

        // Another mount namespace is seen through /proc by whoever may look into its process.
        var path = System.IO.Path.Combine("/proc", string.Create(CultureInfo.InvariantCulture, $"{holder?.Id}"), "root", MountPoint.TrimStart(System.IO.Path.DirectorySeparatorChar));
        if (holder?.StandardOutput.ReadLine() == "ready" && Directory.Exists(path) && new DriveInfo(path).TotalSize <= bytes + Environment.SystemPageSize) return new SmallDisk(holder, path);

        var said = holder?.StandardError.ReadToEnd().Trim();
        holder?.Kill();
        holder?.Dispose();
        Assert.Skip($"a disk that runs full needs 'unshare --user --mount' and a tmpfs in it, which this machine does not allow: {said ?? "there is no unshare"}");
        throw new UnreachableException();
    }

    /// <summary>Somebody else fills the disk but for so many bytes.</summary>
    public void FillBut(long bytes)
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[Environment.SystemPageSize];
        while (new DriveInfo(Path).AvailableFreeSpace >= bytes + page.Length) file.Write(page);
    }

    /// <summary>The disk is truly full: not one more byte goes on it.</summary>
    public void Fill() => FillBut(0);

    /// <summary>Somebody makes room.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        _holder.Kill();
        _holder.WaitForExit();
        _holder.Dispose();
    }
}
