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

    private SourceLister Lister() => new() { Objects = new ObjectSources([_objects]) };

    private static async Task<List<SourceItem>> ListAsync(SourceLister lister, string input)
    {
        var items = new List<SourceItem>();
        await foreach (var item in lister.ListAsync(input, Stop)) items.Add(item);
        return items;
    }
}
