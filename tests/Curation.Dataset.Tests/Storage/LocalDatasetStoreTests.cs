using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Storage;

public sealed class LocalDatasetStoreTests : DatasetStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<IDatasetStore> OpenAsync() => Task.FromResult<IDatasetStore>(new LocalDatasetStore(_folder.Path));

    [Fact]
    public async Task Write_leaves_no_temporary_file()
    {
        var store = new LocalDatasetStore(_folder.Path);
        await store.PutAsync("a/b.txt", "content"u8.ToArray(), Cancel);
        await using (var write = await store.OpenWriteAsync("c.bin", Cancel)) await write.Stream.WriteAsync(new byte[1000], Cancel);

        Assert.Equal(["a/b.txt"], _folder.Glob("*").Select(file => file.Replace('\\', '/')));
    }

    [Fact]
    public async Task Path_that_leaves_the_folder_writes_nothing_outside()
    {
        var store = new LocalDatasetStore(Path.Combine(_folder.Path, "dst"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutAsync("../outside", "x"u8.ToArray(), Cancel));

        Assert.Empty(_folder.Glob("outside"));
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
}
