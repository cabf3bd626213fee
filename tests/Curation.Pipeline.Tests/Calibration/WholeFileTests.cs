using Curation.Pipeline.Calibration;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class WholeFileTests
{
    [Fact]
    public async Task File_that_is_there_is_replaced_only_when_told_to()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.yaml");
        await WholeFile.WriteAsync(path, "first", replace: false, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => WholeFile.WriteAsync(path, "second", replace: false, TestContext.Current.CancellationToken));
        Assert.Equal("first", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

        await WholeFile.WriteAsync(path, "third", replace: true, TestContext.Current.CancellationToken);
        Assert.Equal("third", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Cancelled_write_leaves_nothing()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WholeFile.WriteAsync(Path.Combine(folder.Path, "a.yaml"), "text", replace: false, new CancellationToken(canceled: true)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
