using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class RealPathTests
{
    [Fact]
    public void Resolve_follows_links_anywhere_in_the_path()
    {
        using var temporary = new TemporaryFolder();
        var folder = RealPath.Resolve(temporary.Path);
        Directory.CreateDirectory(Path.Combine(folder, "a/b"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), "a");
        Directory.CreateSymbolicLink(Path.Combine(folder, "a/b/up"), "../../link");

        Assert.Equal(Path.Combine(folder, "a/b/x"), RealPath.Resolve(Path.Combine(folder, "link/b/up/b/x")));
    }

    [Fact]
    public void Resolve_of_a_circle_is_an_error()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        File.CreateSymbolicLink(Path.Combine(folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(folder, "b"), "a");

        Assert.Throws<IOException>(() => RealPath.Resolve(Path.Combine(folder, "a")));
    }

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/", true)]
    [InlineData("/ab", "/a", false)]
    [InlineData("/a", "/a/b", false)]
    public void IsInside_looks_at_whole_names(string path, string folder, bool inside)
    {
        Assert.Equal(inside, RealPath.IsInside(path, folder));
    }
}
