using Curation.Dataset.Storage;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class ObjectWalkTests
{
    private readonly FakeObjects _objects = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prefix_lists_media_with_size_time_and_version_and_nothing_hidden_or_excluded()
    {
        foreach (var name in new[] { "b.MP4", "a/c.mkv", "a/notes.txt", ".hidden/d.mp4", "a/.e.mp4", "out/clips/aa/f.mp4", "g" }) _objects.Put(name, [1, 2]);
        _objects.Put("a/empty.mp4", []);
        var lister = new SourceLister { Objects = new ObjectSources([_objects]), ExcludedFolder = FakeObjects.At("out") };

        var items = await ListAsync(lister, FakeObjects.Root);

        Assert.Equal([FakeObjects.At("a/c.mkv"), FakeObjects.At("a/empty.mp4"), FakeObjects.At("b.MP4")], items.Select(item => item.Uri));
        Assert.Equal((2, FakeObjects.Written, "1"), (items[0].SizeBytes, items[0].ModifiedUtc, items[0].ETag));
        Assert.Equal("the object is empty", items[1].Problem);
        Assert.Equal(2, lister.SkippedFiles);
    }

    [Fact]
    public async Task Hidden_folder_that_is_asked_for_is_listed()
    {
        _objects.Put(".hidden/d.mp4", [1]);

        Assert.Single(await ListAsync(Lister(), FakeObjects.At(".hidden")));
    }

    [Fact]
    public async Task Single_object_is_a_source()
    {
        _objects.Put("a.mp4", [1]);
        _objects.Put("a.mp4/b.mp4", [1]);

        Assert.Equal([FakeObjects.At("a.mp4")], (await ListAsync(Lister(), FakeObjects.At("a.mp4"))).Select(item => item.Uri));
    }

    [Fact]
    public async Task Folder_called_like_a_video_is_listed()
    {
        _objects.Put("a.mp4/b.mp4", [1]);

        Assert.Equal([FakeObjects.At("a.mp4/b.mp4")], (await ListAsync(Lister(), FakeObjects.At("a.mp4"))).Select(item => item.Uri));
    }

    [Fact]
    public async Task Prefix_without_media_is_an_error()
    {
        _objects.Put("a.txt", [1]);

        Assert.Contains("holds no video files (1 other", (await Assert.ThrowsAsync<SourceInputException>(() => ListAsync(Lister(), FakeObjects.Root))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_with_a_signature_is_refused_without_showing_it()
    {
        var wrong = await Assert.ThrowsAsync<SourceInputException>(() => ListAsync(Lister(), FakeObjects.Root + "?sig=s3cret"));

        Assert.DoesNotContain("s3cret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_does_not_answer_is_trouble_of_the_place()
    {
        _objects.LookFault = new DatasetException("503") { IsTransient = true };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ListAsync(Lister(), FakeObjects.Root));
    }

    [Fact]
    public async Task Million_objects_are_listed_in_bounded_memory()
    {
        const int Count = 1_000_000;
        var lister = new SourceLister { Objects = new ObjectSources([new EndlessObjects(Count)]) };
        var (seen, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var _ in lister.ListAsync(FakeObjects.Root, Stop))
        {
            if (++seen % 100_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Count, seen);

        // 32 bytes a source would be 32 MB.
        Assert.InRange(most, long.MinValue, 16L << 20);
    }

    private SourceLister Lister() => new() { Objects = new ObjectSources([_objects]) };

    private static async Task<List<SourceItem>> ListAsync(SourceLister lister, string input)
    {
        var items = new List<SourceItem>();
        await foreach (var item in lister.ListAsync(input, Stop)) items.Add(item);
        return items;
    }

    private sealed class EndlessObjects(int count) : IObjectSource
    {
        public bool Knows(string address) => true;

        public async IAsyncEnumerable<SourceObject> ListAsync(string address, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < count; i++)
            {
                if (i % 5000 == 0) await Task.Yield();
                yield return new SourceObject($"{address}/{i:d8}.mp4", i + 1, FakeObjects.Written, "1");
            }
        }

        public Task<SourceObject?> FindAsync(string address, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<DownloadedObject> DownloadAsync(string address, string? eTag, string file, long maxBytes, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
