using System.Text;
using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Pipeline.Labelling;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Labelling;

public sealed class LabelBookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Label_replaces_the_one_before_and_can_be_taken_back()
    {
        var book = new LabelBook(new MemoryStore());

        await book.SetAsync(Label("aa", true), Cancel);
        await book.SetAsync(Label("bb", true), Cancel);
        await book.SetAsync(Label("aa", false), Cancel);
        Assert.Equal([("bb", true), ("aa", false)], (await book.ReadAsync(Cancel)).Select(label => (label.Id.Value, label.Keep)));

        await book.RemoveAsync(new ClipId("bb"), Cancel);
        Assert.Equal(["aa"], (await book.ReadAsync(Cancel)).Select(label => label.Id.Value));
    }

    [Fact]
    public async Task Labels_of_several_people_at_once_are_all_kept()
    {
        using var folder = new TemporaryFolder();

        await Parallel.ForAsync(0, 20, Cancel, async (number, stop) => await new LabelBook(new LocalDatasetStore(folder.Path)).SetAsync(Label($"clip{number:00}", number % 2 == 0), stop));

        var labels = await new LabelBook(new LocalDatasetStore(folder.Path)).ReadAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => ($"clip{number:00}", number % 2 == 0)), labels.Select(label => (label.Id.Value, label.Keep)).Order());
    }

    [Fact]
    public async Task File_of_somebody_else_is_left_as_it_is()
    {
        var store = new MemoryStore();
        var theirs = Encoding.UTF8.GetBytes("name,colour\nAnn,red\n");
        await store.PutAsync(LabelBook.Path, theirs, Cancel);

        await Assert.ThrowsAsync<DatasetException>(() => new LabelBook(store).SetAsync(Label("aa", true), Cancel));

        Assert.Equal(theirs, store.Objects[LabelBook.Path]);
    }

    private static ClipLabel Label(string id, bool keep) => new(new ClipId(id), keep, null, null);
}
