using Curation.Pipeline.Browsing;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Browsing;

public sealed class FileCacheTests : IDisposable
{
    private readonly SiloParts _parts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task File_is_made_once_for_all_who_ask()
    {
        var cache = new FileCache(_parts.Scratch, 100);
        var made = 0;

        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cache.GetAsync("a", path =>
        {
            Interlocked.Increment(ref made);
            return File.WriteAllTextAsync(path, "once", Cancel);
        }, Cancel)));

        Assert.Equal(1, made);
        Assert.Equal("once", await File.ReadAllTextAsync(Assert.Single(paths.Distinct()), Cancel));
    }

    [Fact]
    public async Task File_that_nobody_asked_for_longest_goes_when_there_is_no_room()
    {
        var cache = new FileCache(_parts.Scratch, 100);
        var a = await WriteAsync(cache, "a", 40);
        var b = await WriteAsync(cache, "b", 40);
        await WriteAsync(cache, "a", 40);

        var c = await WriteAsync(cache, "c", 40);

        // 120 bytes are more than 100; of a and b, b was asked for last the longer ago.
        Assert.Equal([true, false, true], new[] { a, b, c }.Select(File.Exists));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task File_larger_than_the_cache_is_still_given_out()
    {
        var cache = new FileCache(_parts.Scratch, 100);

        Assert.True(File.Exists(await WriteAsync(cache, "a", 500)));
    }

    [Fact]
    public async Task Making_that_failed_is_tried_again()
    {
        var cache = new FileCache(_parts.Scratch, 100);
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.GetAsync("a", _ => throw new InvalidDataException("not now"), Cancel));

        Assert.True(File.Exists(await WriteAsync(cache, "a", 1)));
    }

    private static Task<string> WriteAsync(FileCache cache, string name, int bytes) => cache.GetAsync(name, path => File.WriteAllBytesAsync(path, new byte[bytes], Cancel), Cancel);
}
