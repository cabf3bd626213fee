using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class FolderPagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(100)]
    public void Names_are_complete_and_in_ordinal_order_whatever_the_page_size(int pageSize)
    {
        using var folder = new TemporaryFolder();
        string[] names = ["B", "a", "aa", "b", "c", "d", "é", "0", "10", "9"];
        foreach (var name in names) File.WriteAllText(Path.Combine(folder.Path, name), "");

        Assert.Equal(["0", "10", "9", "B", "a", "aa", "b", "c", "d", "é"], new FolderPages(pageSize).Names(folder.Path));
    }
}
