using System.Text;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Storage;

/// <summary>What every store must do; a class for each kind of store runs it.</summary>
public abstract class DatasetStoreContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_replaces_the_whole_object()
    {
        var store = await OpenAsync();
        await store.PutAsync("a/b.txt", "long content"u8.ToArray(), Cancel);
        await store.PutAsync("a/b.txt", "short"u8.ToArray(), Cancel);

        Assert.Equal("short", await TextAsync(store, "a/b.txt"));
        Assert.Equal([new StoredEntry("a/b.txt", 5)], await ListAsync(store, ""));
    }

    [Fact]
    public async Task Empty_object_is_an_object()
    {
        var store = await OpenAsync();
        await store.PutAsync("put", ReadOnlyMemory<byte>.Empty, Cancel);
        await using (var write = await store.OpenWriteAsync("written", Cancel)) await write.CommitAsync(Cancel);

        Assert.Equal("", await TextAsync(store, "put"));
        Assert.True(await store.ExistsAsync("written", Cancel));
        await using var stream = (await store.OpenReadAsync("written", Cancel))!;
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancel));
    }

    [Fact]
    public async Task Absent_object_reads_as_null()
    {
        var store = await OpenAsync();

        Assert.Null(await store.ReadAsync("no/such", Cancel));
        Assert.Null(await store.OpenReadAsync("no/such", Cancel));
        Assert.False(await store.ExistsAsync("no/such", Cancel));
        Assert.Empty(await ListAsync(store, "no"));
        await store.DeleteAsync("no/such", Cancel);
        await store.MoveAsync("no/such", "no/other", Cancel);
        Assert.Empty(await ListAsync(store, ""));
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
        var store = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.PutAsync(path, "x"u8.ToArray(), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReadAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.DeleteAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.MoveAsync("a", path, Cancel));
    }

    [Theory]
    [InlineData("a b/c+d%20e.txt")]
    [InlineData("q?x=1&y#z.txt")]
    [InlineData("한국어/ä.txt")]
    public async Task Unusual_characters_of_a_path_are_kept(string path)
    {
        var store = await OpenAsync();
        await store.PutAsync(path, "x"u8.ToArray(), Cancel);
        await store.PutAsync("moves/" + path, "y"u8.ToArray(), Cancel);
        await store.MoveAsync("moves/" + path, "moved/" + path, Cancel);

        Assert.Equal([new StoredEntry(path, 1), new StoredEntry("moved/" + path, 1)], (await ListAsync(store, "")).OrderBy(entry => entry.Path.Length));
        Assert.Equal("x", await TextAsync(store, path));
        Assert.Equal("y", await TextAsync(store, "moved/" + path));
    }

    [Fact]
    public async Task Replace_with_a_stale_version_changes_nothing()
    {
        var store = await OpenAsync();
        Assert.True(await store.TryReplaceAsync("m", "1"u8.ToArray(), null, Cancel));
        var first = (await store.ReadAsync("m", Cancel))!.ETag;
        Assert.False(await store.TryReplaceAsync("m", "x"u8.ToArray(), null, Cancel));
        Assert.True(await store.TryReplaceAsync("m", "2"u8.ToArray(), first, Cancel));

        Assert.False(await store.TryReplaceAsync("m", "3"u8.ToArray(), first, Cancel));

        Assert.Equal("2", await TextAsync(store, "m"));
    }

    [Fact]
    public async Task Replace_of_what_was_deleted_changes_nothing()
    {
        var store = await OpenAsync();
        Assert.True(await store.TryReplaceAsync("m", "1"u8.ToArray(), null, Cancel));
        var first = (await store.ReadAsync("m", Cancel))!.ETag;
        await store.DeleteAsync("m", Cancel);

        Assert.False(await store.TryReplaceAsync("m", "2"u8.ToArray(), first, Cancel));

        Assert.False(await store.ExistsAsync("m", Cancel));
    }

    [Fact]
    public async Task Of_many_replacers_of_one_version_one_wins()
    {
        var stores = new List<IDatasetStore>();
        for (var index = 0; index < 8; index++) stores.Add(await OpenAsync());
        for (byte round = 0; round < 5; round++)
        {
            var version = (await stores[0].ReadAsync("m", Cancel))?.ETag;

            var wins = await Task.WhenAll(stores.Select((store, index) => Task.Run(async () => await store.TryReplaceAsync("m", new[] { round, (byte)index }, version, Cancel), Cancel)));

            Assert.Single(wins, won => won);
            Assert.Equal([round, (byte)Array.IndexOf(wins, true)], (await stores[0].ReadAsync("m", Cancel))!.Content.ToArray());
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20_000_000)]
    public async Task Write_that_is_not_committed_leaves_nothing(int bytes)
    {
        var store = await OpenAsync();
        await using (var write = await store.OpenWriteAsync("a.bin", Cancel)) await write.Stream.WriteAsync(new byte[bytes], Cancel);

        Assert.Empty(await ListAsync(store, ""));
        Assert.False(await store.ExistsAsync("a.bin", Cancel));
        Assert.Null(await store.ReadAsync("a.bin", Cancel));
    }

    [Fact]
    public async Task Unfinished_write_is_not_listed_and_not_read()
    {
        var store = await OpenAsync();
        await store.PutAsync("d/one", "1"u8.ToArray(), Cancel);
        await using var write = await store.OpenWriteAsync("d/two", Cancel);
        await write.Stream.WriteAsync("22"u8.ToArray(), Cancel);

        Assert.Equal([new StoredEntry("d/one", 1)], await ListAsync(store, ""));
        await write.CommitAsync(Cancel);
        Assert.Equal([new StoredEntry("d/one", 1), new StoredEntry("d/two", 2)], (await ListAsync(store, "d")).OrderBy(entry => entry.Path, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unfinished_write_leaves_the_old_object_readable()
    {
        var store = await OpenAsync();
        await store.PutAsync("a.bin", "old"u8.ToArray(), Cancel);
        await using var write = await store.OpenWriteAsync("a.bin", Cancel);
        await write.Stream.WriteAsync(new byte[20_000_000], Cancel);

        Assert.Equal("old", await TextAsync(store, "a.bin"));
        await write.CommitAsync(Cancel);
        Assert.Equal([new StoredEntry("a.bin", 20_000_000)], await ListAsync(store, ""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8 * 1024 * 1024)]
    [InlineData((8 * 1024 * 1024) + 1)]
    [InlineData(24 * 1024 * 1024)]
    public async Task Large_object_reads_back_byte_for_byte_from_any_place(int bytes)
    {
        var store = await OpenAsync();
        var content = SeededBytes.Of(bytes);
        await using (var write = await store.OpenWriteAsync("big.bin", Cancel))
        {
            // Odd pieces, written in both ways.
            for (var offset = 0; offset < bytes; offset += 1_234_567)
            {
                var piece = content.AsMemory(offset, Math.Min(1_234_567, bytes - offset));
                if (offset % 2 == 0) await write.Stream.WriteAsync(piece, Cancel);
                else Write(write.Stream, piece);
            }

            await write.CommitAsync(Cancel);
        }

        await using var stream = (await store.OpenReadAsync("big.bin", Cancel))!;
        Assert.Equal(bytes, stream.Length);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        Assert.True(content.AsSpan().SequenceEqual(copy.GetBuffer().AsSpan(0, (int)copy.Length)));

        var tail = new byte[Math.Min(8, bytes)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        await stream.ReadExactlyAsync(tail, Cancel);
        Assert.Equal(content[^tail.Length..], tail);
        Assert.Equal(0, await stream.ReadAsync(tail, Cancel));

        stream.Position = bytes / 2;
        Assert.Equal(content[bytes / 2], ReadByte(stream));
    }

    [Fact]
    public async Task Move_replaces_what_is_there_and_leaves_nothing_behind()
    {
        var store = await OpenAsync();
        await store.PutAsync("a/x", "new"u8.ToArray(), Cancel);
        await store.PutAsync("b/x", "old old"u8.ToArray(), Cancel);

        await store.MoveAsync("a/x", "b/x", Cancel);

        Assert.Equal([new StoredEntry("b/x", 3)], await ListAsync(store, ""));
        Assert.Equal("new", await TextAsync(store, "b/x"));
    }

    [Fact]
    public async Task Deleted_object_is_gone()
    {
        var store = await OpenAsync();
        await store.PutAsync("a/x", "1"u8.ToArray(), Cancel);
        await store.PutAsync("a/xy", "2"u8.ToArray(), Cancel);

        await store.DeleteAsync("a/x", Cancel);

        Assert.Equal([new StoredEntry("a/xy", 1)], await ListAsync(store, ""));
    }

    // Two commits that tidy up move the same shard.
    [Fact]
    public async Task Of_many_who_move_one_object_none_fails_and_it_is_whole()
    {
        var stores = new List<IDatasetStore>();
        for (var index = 0; index < 6; index++) stores.Add(await OpenAsync());
        for (var round = 0; round < 5; round++)
        {
            await stores[0].PutAsync("from/x", Encoding.UTF8.GetBytes($"content {round}"), Cancel);

            await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.MoveAsync("from/x", "to/x", Cancel), Cancel)));

            Assert.Equal($"content {round}", await TextAsync(stores[0], "to/x"));
            Assert.False(await stores[0].ExistsAsync("from/x", Cancel));
        }
    }

    [Fact]
    public async Task Folder_is_not_the_beginning_of_a_name()
    {
        var store = await OpenAsync();
        await store.PutAsync("ab/1", "1"u8.ToArray(), Cancel);
        await store.PutAsync("a/2", "2"u8.ToArray(), Cancel);
        await store.PutAsync("a/b/3", "3"u8.ToArray(), Cancel);

        Assert.Equal(["a/2", "a/b/3"], (await ListAsync(store, "a")).Select(entry => entry.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Listing_tells_when_an_object_was_written()
    {
        var store = await OpenAsync();
        await store.PutAsync("a/first", "1"u8.ToArray(), Cancel);
        await store.PutAsync("a/second", "2"u8.ToArray(), Cancel);

        var entries = await store.ListAsync("a", Cancel).OrderBy(entry => entry.Path).ToListAsync(Cancel);

        // The clocks of stores here are this machine's; blobs have it in whole seconds.
        Assert.All(entries, entry => Assert.InRange(TimeProvider.System.GetUtcNow() - entry.ModifiedUtc!.Value, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1)));
        Assert.True(entries[0].ModifiedUtc <= entries[1].ModifiedUtc);
    }

    /// <summary>The store of this test: the same place each time it is opened.</summary>
    protected abstract Task<IDatasetStore> OpenAsync();

    protected static async Task<List<StoredEntry>> ListAsync(IDatasetStore store, string folder)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in store.ListAsync(folder, Cancel)) entries.Add(entry with { ModifiedUtc = null });
        return entries;
    }

    protected static async Task<string> TextAsync(IDatasetStore store, string path) => Encoding.UTF8.GetString((await store.ReadAsync(path, Cancel))!.Content.Span);

    // Parquet and other libraries use both ways.
    private static void Write(Stream stream, ReadOnlyMemory<byte> piece) => stream.Write(piece.Span);

    private static int ReadByte(Stream stream) => stream.ReadByte();
}
