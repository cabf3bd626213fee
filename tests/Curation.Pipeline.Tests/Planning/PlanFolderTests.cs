using Curation.Pipeline.Planning;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Planning;

public sealed class PlanFolderTests
{
    [Fact]
    public async Task List_is_read_back_as_the_same_sources()
    {
        using var place = new TemporaryFolder();
        using var folder = PlanFolder.Take();
        string[] names = ["plain.mp4", "two words \"quoted\".mp4", "line\nbreak.mp4", "한글#%20.mp4"];
        foreach (var name in names) await File.WriteAllTextAsync(Path.Combine(place.Path, name), name, TestContext.Current.CancellationToken);
        var sources = await Read(place.Path);

        var list = await folder.WriteListAsync("sample", sources.Select(source => source with { Licence = "CC-BY-4.0", Rights = "of \"somebody\"" }), TestContext.Current.CancellationToken);

        Assert.Equal(sources.Select(source => source with { Licence = "CC-BY-4.0", Rights = "of \"somebody\"" }), await Read(list));
    }

    [Fact]
    public async Task Folder_goes_with_its_owner()
    {
        string path;
        using (var folder = PlanFolder.Take())
        {
            path = folder.Path;
            await folder.WriteListAsync("sample", [], TestContext.Current.CancellationToken);
            Assert.True(Directory.Exists(path));
        }

        Assert.False(Directory.Exists(path));
    }

    private static async Task<List<SourceItem>> Read(string input)
    {
        var sources = new List<SourceItem>();
        await foreach (var source in new SourceLister().ListAsync(input, TestContext.Current.CancellationToken)) sources.Add(source);
        return sources;
    }
}
