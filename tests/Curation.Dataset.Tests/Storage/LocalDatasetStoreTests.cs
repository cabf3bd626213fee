using System.Text;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Storage;

public sealed class LocalDatasetStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Put_replaces_the_whole_object()
    {
        var store = new LocalDatasetStore(_folder.Path);
        await store.PutAsync("a/b.txt", "long content"u8.ToArray(), Cancel);
        await store.PutAsync("a/b.txt", "short"u8.ToArray(), Cancel);

        Assert.Equal("short", Encoding.UTF8.GetString((await store.ReadAsync("a/b.txt", Cancel))!.Content.Span));
        Assert.Empty(_folder.Glob(".tmp-*"));
    }

    [Fact]
    public async Task Absent_object_reads_as_null()
    {
        var store = new LocalDatasetStore(_folder.Path);

        Assert.Null(await store.ReadAsync("no/such", Cancel));
        Assert.Null(await store.OpenReadAsync("no/such", Cancel));
        Assert.False(await store.ExistsAsync("no/such", Cancel));
        await store.DeleteAsync("no/such", Cancel);
        await store.MoveAsync("no/such", "no/other", Cancel);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\b")]
    [InlineData("c:/x")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\0b")]
    public async Task Path_that_leaves_the_data_set_is_refused(string path)
    {
        var store = new LocalDatasetStore(Path.Combine(_folder.Path, "dst"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutAsync(path, "x"u8.ToArray(), Cancel));
        Assert.Empty(_folder.Glob("outside"));
    }

    [Fact]
    public async Task Replace_with_a_stale_version_changes_nothing()
    {
        var store = new LocalDatasetStore(_folder.Path);
        Assert.True(await store.TryReplaceAsync("m", "1"u8.ToArray(), null, Cancel));
        var first = (await store.ReadAsync("m", Cancel))!.ETag;
        Assert.False(await store.TryReplaceAsync("m", "x"u8.ToArray(), null, Cancel));
        Assert.True(await store.TryReplaceAsync("m", "2"u8.ToArray(), first, Cancel));

        Assert.False(await store.TryReplaceAsync("m", "3"u8.ToArray(), first, Cancel));

        Assert.Equal("2", Encoding.UTF8.GetString((await store.ReadAsync("m", Cancel))!.Content.Span));
    }

    [Fact]
    public async Task Of_many_replacers_of_one_version_one_wins()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => new LocalDatasetStore(_folder.Path)).ToList();

        var wins = await Task.WhenAll(stores.Select((store, index) => Task.Run(async () => await store.TryReplaceAsync("m", new[] { (byte)index }, null, Cancel), Cancel)));

        Assert.Single(wins, won => won);
    }

    [Fact]
    public async Task Write_that_is_not_committed_leaves_nothing()
    {
        var store = new LocalDatasetStore(_folder.Path);
        await using (var write = await store.OpenWriteAsync("a.bin", Cancel)) await write.Stream.WriteAsync(new byte[1000], Cancel);

        Assert.Empty(_folder.Glob("*"));
    }

    [Fact]
    public async Task Unfinished_write_is_not_listed_and_not_read()
    {
        var store = new LocalDatasetStore(_folder.Path);
        await store.PutAsync("d/one", "1"u8.ToArray(), Cancel);
        await using var write = await store.OpenWriteAsync("d/two", Cancel);
        await write.Stream.WriteAsync("22"u8.ToArray(), Cancel);

        Assert.Equal([new StoredEntry("d/one", 1)], await ListAsync(store, ""));
        await write.CommitAsync(Cancel);
        Assert.Equal([new StoredEntry("d/one", 1), new StoredEntry("d/two", 2)], (await ListAsync(store, "d")).OrderBy(entry => entry.Path, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leftovers_of_a_killed_process_go_with_the_first_write_and_those_of_a_living_one_stay()
    {
        var host = string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit));
        var temporary = Directory.CreateDirectory(Path.Combine(_folder.Path, "_state", "tmp")).FullName;

        // 2^22 is the largest process number that Linux gives.
        var dead = Path.Combine(temporary, $".tmp-{host}-4194305-0123456789ab-1");
        var formerSelf = Path.Combine(temporary, $".tmp-{host}-{Environment.ProcessId}-0123456789ab-1");
        var otherHost = Path.Combine(temporary, ".tmp-elsewhere-1-0123456789ab-1");
        foreach (var path in new[] { dead, formerSelf, otherHost }) await File.WriteAllTextAsync(path, "half", Cancel);
        var store = new LocalDatasetStore(_folder.Path);
        Assert.Empty(await ListAsync(store, ""));

        await store.PutAsync("x", "1"u8.ToArray(), Cancel);

        Assert.Equal([otherHost], Directory.GetFiles(temporary));
    }

    [Fact]
    public async Task Leftover_of_another_host_goes_after_a_day()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_folder.Path, "_state", "tmp")).FullName;
        var path = Path.Combine(temporary, ".tmp-elsewhere-1-0123456789ab-1");
        await File.WriteAllTextAsync(path, "half", Cancel);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));

        await new LocalDatasetStore(_folder.Path, new FixedTime(written + TimeSpan.FromHours(23))).PutAsync("x", "1"u8.ToArray(), Cancel);
        Assert.True(File.Exists(path));

        await new LocalDatasetStore(_folder.Path, new FixedTime(written + TimeSpan.FromHours(25))).PutAsync("x", "1"u8.ToArray(), Cancel);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Full_disk_says_so_and_leaves_what_was_there()
    {
        // /dev/full answers every write as a full disk does.
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full is a Linux device");
        var error = await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            await full.WriteAsync(new byte[10], Cancel);
        });

        var explained = StorageFailure.Explain(error, "triplets/a.parquet", "/data/triplets/a.parquet");

        Assert.Contains("disk is full", explained.Message, StringComparison.Ordinal);
        Assert.Contains("/data/triplets/a.parquet", explained.Message, StringComparison.Ordinal);
        Assert.Same(error, explained.InnerException);
    }

    private static async Task<List<StoredEntry>> ListAsync(LocalDatasetStore store, string folder)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in store.ListAsync(folder, Cancel)) entries.Add(entry);
        return entries;
    }
}
