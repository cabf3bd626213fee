using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class SourceListerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sources").FullName;

    [Fact]
    public async Task Folder_lists_media_files_below_it_in_order_of_names()
    {
        Write("b/2.mp4", "b/1.MKV", "a.webm", "z/deep/er/x.mov", "c.txt.mp4");
        Write("notes.txt", "b/cover.jpg", ".hidden.mp4", ".git/y.mp4");
        var lister = new SourceLister();

        Assert.Equal(["a.webm", "b/1.MKV", "b/2.mp4", "c.txt.mp4", "z/deep/er/x.mov"], await PathsAsync(lister, _folder));
        Assert.Equal(2, lister.SkippedFiles);
    }

    [Fact]
    public async Task Folder_item_carries_size_and_time()
    {
        Write("a.mp4");
        var time = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(At("a.mp4"), time);

        var item = Assert.Single(await ListAsync(_folder));

        Assert.Equal(1, item.SizeBytes);
        Assert.Equal(time, item.ModifiedUtc!.Value.UtcDateTime);
        Assert.Null(item.Problem);
        Assert.Null(item.ToQuarantine());
    }

    [Fact]
    public async Task Folder_that_links_into_itself_ends()
    {
        Write("a/1.mp4");
        Directory.CreateSymbolicLink(At("a/up"), _folder);
        Directory.CreateSymbolicLink(At("a/self"), At("a"));
        Directory.CreateSymbolicLink(At("b"), At("a"));
        File.CreateSymbolicLink(At("loop.mp4"), At("loop.mp4"));

        var items = await ListAsync(_folder);

        Assert.Equal([At("a/1.mp4"), At("loop.mp4")], items.Select(item => item.LocalPath));
        Assert.NotNull(items[1].Problem);
    }

    [Fact]
    public async Task Folder_outside_is_followed_once()
    {
        using var temporary = new TemporaryFolder();
        var outside = temporary.Path;
        await File.WriteAllTextAsync(Path.Combine(outside, "1.mp4"), "x", TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(At("link"), outside);
        Directory.CreateSymbolicLink(At("link2"), outside);
        Directory.CreateSymbolicLink(Path.Combine(outside, "back"), _folder);

        Assert.Equal(["link/1.mp4"], await PathsAsync(new SourceLister(), _folder));
    }

    [Fact]
    public async Task Folder_leaves_the_data_set_in_it_out()
    {
        Write("a.mp4", "out/clips/b.mp4");

        Assert.Equal(["a.mp4"], await PathsAsync(new SourceLister { ExcludedFolder = At("out/") }, _folder));
    }

    [Fact]
    public async Task Empty_file_is_quarantined_at_open()
    {
        Write("a.mp4");
        await File.WriteAllTextAsync(At("b.mp4"), "", TestContext.Current.CancellationToken);

        var record = (await ListAsync(_folder))[1].ToQuarantine();

        Assert.Equal("open", record!.Stage);
        Assert.Equal("the file is empty, or not a regular file", record.Reason);
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("missing.txt", "does not exist")]
    [InlineData("", "holds no video files (0 other files were looked at)")]
    [InlineData("azblob://account/container", "give a file, a folder, or a .txt or .jsonl list")]
    public async Task Unusable_input_is_an_error_before_anything_starts(string input, string message)
    {
        var path = input.Contains("://", StringComparison.Ordinal) ? input : At(input);

        var exception = await Assert.ThrowsAsync<SourceInputException>(() => new SourceLister().CheckAsync(path, TestContext.Current.CancellationToken));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.txt", "# nothing\n\n")]
    [InlineData("list.jsonl", "\n")]
    public async Task Empty_list_is_an_error(string name, string content)
    {
        await File.WriteAllTextAsync(At(name), content, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SourceInputException>(() => new SourceLister().CheckAsync(At(name), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task File_is_its_own_only_source_whatever_its_name()
    {
        Write("odd.bin");

        Assert.Equal(["odd.bin"], await PathsAsync(new SourceLister(), At("odd.bin")));
    }

    [Fact]
    public async Task Listing_is_lazy()
    {
        for (var i = 0; i < 50; i++) Write($"{i:00}/a.mp4");

        await foreach (var item in new SourceLister().ListAsync(_folder, TestContext.Current.CancellationToken))
        {
            Assert.Equal(At("00/a.mp4"), item.LocalPath);
            Directory.Delete(At("01"), recursive: true);
            break;
        }
    }

    [Fact]
    public async Task Listing_stops_when_cancelled()
    {
        Write("a.mp4", "b.mp4");
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new SourceLister().ListAsync(_folder, cancellation.Token)) await cancellation.CancelAsync();
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string relative) => Path.Combine(_folder, relative);

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
            File.WriteAllText(At(file), "x");
        }
    }

    private async Task<IEnumerable<string>> PathsAsync(SourceLister lister, string input)
    {
        var paths = new List<string>();
        await foreach (var item in lister.ListAsync(input, TestContext.Current.CancellationToken)) paths.Add(Path.GetRelativePath(_folder, item.LocalPath!));
        return paths;
    }

    private static async Task<List<SourceItem>> ListAsync(string input)
    {
        var items = new List<SourceItem>();
        await foreach (var item in new SourceLister().ListAsync(input, TestContext.Current.CancellationToken)) items.Add(item);
        return items;
    }
}
