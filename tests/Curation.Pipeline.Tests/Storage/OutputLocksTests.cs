using Curation.Pipeline.Storage;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Storage;

public sealed class OutputLocksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Second_run_is_refused_with_the_name_of_the_first_until_that_lets_go()
    {
        var locks = new OutputLocks(TimeProvider.System);
        var output = Path.Combine(_folder.Path, "out");
        Assert.Null(OutputLocks.FindWriter(output));

        using (locks.Take(output, "run-1"))
        {
            var refused = Assert.Throws<StoreUnavailableException>(() => locks.Take(output, "run-2"));
            Assert.Contains("run-1", refused.Message, StringComparison.Ordinal);
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("run-1", OutputLocks.FindWriter(output), StringComparison.Ordinal);
        }

        Assert.Null(OutputLocks.FindWriter(output));
        using var second = locks.Take(output, "run-2");
        Assert.Contains("run-2", OutputLocks.FindWriter(output), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_that_takes_its_folder_twice_keeps_it_until_both_are_given_back()
    {
        var locks = new OutputLocks(TimeProvider.System);
        var first = locks.Take(_folder.Path, "run-1");
        var second = locks.Take(_folder.Path, "run-1");

        first.Dispose();
        first.Dispose();
        Assert.Throws<StoreUnavailableException>(() => locks.Take(_folder.Path, "run-2"));

        second.Dispose();
        locks.Take(_folder.Path, "run-2").Dispose();
    }

    [Fact]
    public void Folder_reached_by_a_link_is_the_same_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links take a privilege on Windows");
        var locks = new OutputLocks(TimeProvider.System);
        var (real, link) = (Path.Combine(_folder.Path, "real"), Path.Combine(_folder.Path, "link"));
        Directory.CreateDirectory(real);
        Directory.CreateSymbolicLink(link, real);

        using var first = locks.Take(real, "run-1");

        Assert.Throws<StoreUnavailableException>(() => locks.Take(link, "run-2"));
    }

    [Fact]
    public void Place_without_a_lock_is_everybodys()
    {
        var locks = new OutputLocks(TimeProvider.System);

        using var first = locks.Take(null, "run-1");
        using var second = locks.Take(null, "run-2");

        Assert.NotSame(first, second);
    }

    [Fact]
    public void File_in_the_folders_place_is_told()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        var refused = Assert.Throws<StoreUnavailableException>(() => new OutputLocks(TimeProvider.System).Take(file, "run-1"));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }
}
