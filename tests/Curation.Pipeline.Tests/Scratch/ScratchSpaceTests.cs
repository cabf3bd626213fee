using System.Diagnostics;
using Curation.Pipeline.Scratch;

namespace Curation.Pipeline.Tests.Scratch;

public sealed class ScratchSpaceTests : IDisposable
{
    private readonly string _root = Path.Combine(Directory.CreateTempSubdirectory("curation-scratch-").FullName, "scratch");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_root)!, recursive: true);

    [Fact]
    public void Nothing_is_made_before_it_is_needed()
    {
        using var scratch = Open();

        Assert.False(Directory.Exists(_root));
    }

    [Fact]
    public async Task Lease_names_a_file_and_takes_it_away()
    {
        using var scratch = Open();
        var lease = await scratch.TakeAsync(scratch.Sources, 100, ".mp4", Stop);
        await File.WriteAllTextAsync(lease.Path, "x", Stop);

        Assert.EndsWith(".mp4", lease.Path, StringComparison.Ordinal);
        Assert.Equal(100, scratch.Sources.Used);
        lease.Dispose();
        Assert.False(File.Exists(lease.Path));
        Assert.Equal(0, scratch.Sources.Used);
    }

    [Fact]
    public async Task Clips_have_room_while_sources_have_taken_all_of_theirs()
    {
        using var scratch = Open();
        using var source = await scratch.TakeAsync(scratch.Sources, scratch.Sources.Capacity, "", Stop);

        using var clip = await scratch.TakeAsync(scratch.Work, scratch.Work.Capacity, ".mp4", Stop);

        // An eighth of 800 is 100.
        Assert.Equal((700, 100), (scratch.Sources.Capacity, scratch.Work.Capacity));
    }

    [Fact]
    public void Folder_goes_with_its_process()
    {
        var scratch = Open();
        var folder = scratch.Prepare();
        File.WriteAllText(Path.Combine(folder, "half"), "x");

        scratch.Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void Folder_of_a_process_that_lives_is_left_alone()
    {
        using var first = Open();
        using var second = Open();

        var (one, two) = (first.Prepare(), second.Prepare());

        Assert.NotEqual(one, two);
        Assert.True(Directory.Exists(one));
    }

    [Fact]
    public async Task Folder_of_a_process_that_was_killed_is_swept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses flock(1)");
        Directory.CreateDirectory(Path.Combine(_root, "1-dead"));
        await File.WriteAllTextAsync(Path.Combine(_root, "1-dead", "source.mp4"), "x", Stop);
        var lockFile = Path.Combine(_root, "1-dead.lock");

        // Another process holds the lock, as a living silo does, and is killed.
        using var owner = Process.Start(new ProcessStartInfo("flock", ["--close", lockFile, "sh", "-c", "echo locked; exec sleep 60"]) { RedirectStandardOutput = true })!;
        await owner.StandardOutput.ReadLineAsync(Stop);
        using (var early = Open()) early.Prepare();
        Assert.True(Directory.Exists(Path.Combine(_root, "1-dead")));
        owner.Kill(entireProcessTree: true);
        await owner.WaitForExitAsync(Stop);

        using var scratch = Open();
        var mine = scratch.Prepare();

        Assert.Equal([mine, mine + ".lock"], Directory.GetFileSystemEntries(_root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folder_is_closed_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no modes");
        using var scratch = Open();
        scratch.Prepare();

#pragma warning disable CA1416 // Skipped there.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root));
#pragma warning restore CA1416
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_trouble_of_the_place()
    {
        File.WriteAllText(_root, "a file");
        using var scratch = Open();

        Assert.Contains(_root, Assert.Throws<StoreUnavailableException>(scratch.Prepare).Message, StringComparison.Ordinal);
    }

    private ScratchSpace Open() => new(new ScratchOptions { Folder = _root, Bytes = 800 });
}
