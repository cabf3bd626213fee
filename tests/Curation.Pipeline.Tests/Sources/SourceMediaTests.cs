using Curation.Dataset.Storage;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class SourceMediaTests : IDisposable
{
    // FIPS 180-4: SHA-256 of "abc".
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly SiloParts _silo = new(scratchBytes: 80);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _silo.Dispose();

    [Fact]
    public async Task File_of_this_machine_is_read_where_it_lies()
    {
        var item = new SourceItem { Uri = "file:///videos/a%20b.mp4", SizeBytes = 10 };

        await using var file = await _silo.Media.OpenAsync("run", item, Stop);

        Assert.Equal(("/videos/a b.mp4", null), (file.Path, file.Sha256));
        Assert.Empty(_silo.Objects.Downloads);
    }

    [Fact]
    public async Task Object_is_fetched_once_for_all_who_work_on_it_and_deleted_after_the_last()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());

        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _silo.Media.OpenAsync("run", item, Stop)));

        Assert.Single(_silo.Objects.Downloads);
        Assert.All(files, file => Assert.Equal(Abc, file.Sha256));
        Assert.Equal("abc", await File.ReadAllTextAsync(files[0].Path, Stop));
        foreach (var file in files[1..]) await file.DisposeAsync();
        Assert.Single(_silo.ScratchFiles);
        await files[0].DisposeAsync();
        await files[0].DisposeAsync();
        Assert.Empty(_silo.ScratchFiles);
        Assert.Equal(0, _silo.Scratch.Sources.Used);
    }

    [Fact]
    public async Task Held_object_stays_until_it_is_released()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());
        await _silo.Media.HoldAsync("run", item, Stop);
        await _silo.Media.HoldAsync("run", item, Stop);
        await (await _silo.Media.OpenAsync("run", item, Stop)).DisposeAsync();

        Assert.Single(_silo.Objects.Downloads);
        Assert.Single(_silo.ScratchFiles);
        await _silo.Media.ReleaseAsync("run", item);
        await _silo.Media.ReleaseAsync("run", item);
        Assert.Empty(_silo.ScratchFiles);
    }

    [Fact]
    public async Task Two_runs_have_a_file_each()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());

        await _silo.Media.HoldAsync("one", item, Stop);
        await _silo.Media.HoldAsync("two", item, Stop);

        Assert.Equal(2, _silo.ScratchFiles.Length);
    }

    [Fact(Timeout = 30_000)]
    public async Task Object_waits_for_room()
    {
        // 80 bytes of scratch leave 70 for sources.
        var first = await PutAsync("a.mp4", new byte[60]);
        var second = await PutAsync("b.mp4", new byte[60]);
        await _silo.Media.HoldAsync("run", first, Stop);

        var waiting = _silo.Media.HoldAsync("run", second, Stop);

        // Not only has it not ended: it has begun, and waits for bytes.
        while (_silo.Scratch.Sources.Waiting == 0)
        {
            Assert.False(waiting.IsCompleted);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Single(_silo.Objects.Downloads);
        await _silo.Media.ReleaseAsync("run", first);
        await waiting;
        Assert.Single(_silo.ScratchFiles);
    }

    [Fact]
    public async Task Object_larger_than_the_budget_fails_with_both_sizes_and_without_a_download()
    {
        var item = await PutAsync("a.mp4", new byte[71]);

        var failed = await Assert.ThrowsAsync<SourceFailedException>(() => _silo.Media.HoldAsync("run", item, Stop));

        Assert.Equal("open", failed.Failure.Stage);
        Assert.Contains("71 bytes", failed.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains("70 bytes", failed.Failure.Reason, StringComparison.Ordinal);
        Assert.Empty(_silo.Objects.Downloads);
    }

    [Fact]
    public async Task Object_that_grew_after_it_was_listed_is_not_taken()
    {
        var item = await PutAsync("a.mp4", new byte[10]);
        _silo.Objects.Put("a.mp4", new byte[70]);

        var failed = await Assert.ThrowsAsync<SourceFailedException>(() => _silo.Media.HoldAsync("run", item, Stop));

        Assert.Contains("more than 10", failed.Failure.Reason, StringComparison.Ordinal);
        Assert.Empty(_silo.ScratchFiles);
        Assert.Equal(0, _silo.Scratch.Sources.Used);
    }

    [Theory]
    [InlineData(false, "gone")]
    [InlineData(true, "changed")]
    public async Task Object_that_is_not_the_listed_one_any_more_is_the_sources_fault(bool replaced, string reason)
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());
        if (replaced) _silo.Objects.Put("a.mp4", "abd"u8.ToArray(), "2");
        else _silo.Objects.Objects.Clear();

        var failed = await Assert.ThrowsAsync<SourceFailedException>(() => _silo.Media.HoldAsync("run", item, Stop));

        Assert.Contains(reason, failed.Failure.Reason, StringComparison.Ordinal);
        Assert.True(failed.Failure.Retry);
    }

    [Fact]
    public async Task Store_that_does_not_answer_is_nobodys_fault()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());
        _silo.Objects.DownloadFault = new DatasetException("503 after 6 tries") { IsTransient = true };

        var trouble = await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Media.HoldAsync("run", item, Stop));

        Assert.Contains("503", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(0, _silo.Scratch.Sources.Used);

        // And it is well again afterwards.
        _silo.Objects.DownloadFault = null;
        await _silo.Media.HoldAsync("run", item, Stop);
    }

    [Fact]
    public async Task Store_that_refuses_everything_is_nobodys_fault()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());
        _silo.Objects.DownloadFault = _silo.Objects.LookFault = new DatasetException("403: the key is wrong");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _silo.Media.HoldAsync("run", item, Stop));
    }

    [Fact]
    public async Task Download_stops_when_nobody_waits_for_it_any_more()
    {
        var item = await PutAsync("a.mp4", "abc"u8.ToArray());
        _silo.Objects.Hold = new TaskCompletionSource();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var waiting = _silo.Media.HoldAsync("run", item, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _silo.Scratch.Sources.Used);
    }

    [Fact]
    public async Task Name_of_an_object_gives_the_file_nothing_but_a_known_ending()
    {
        var item = await PutAsync("a.m3u8%2F..%2F..%2Fetc", "abc"u8.ToArray());

        var file = await _silo.Media.HoldAsync("run", item, Stop);

        Assert.Matches("^[0-9a-f]{32}$", Path.GetFileName(file.Path));
        Assert.Equal(_silo.Scratch.Prepare(), Path.GetDirectoryName(file.Path));
    }

    private async Task<SourceItem> PutAsync(string name, byte[] content)
    {
        _silo.Objects.Put(name, content);
        return await _silo.Sources.DescribeAsync(new SourceItem { Uri = FakeObjects.At(name) }, Stop);
    }
}
