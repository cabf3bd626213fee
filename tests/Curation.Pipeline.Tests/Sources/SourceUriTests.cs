using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Sources;

public sealed class SourceUriTests
{
    // RFC 3986: unreserved characters stand as they are, all others are percent-encoded UTF-8.
    [Theory]
    [InlineData("/a/b.mp4", "file:///a/b.mp4")]
    [InlineData("/a b/100%#?.mp4", "file:///a%20b/100%25%23%3F.mp4")]
    [InlineData("/x\ny.mp4", "file:///x%0Ay.mp4")]
    [InlineData("/é.mp4", "file:///%C3%A9.mp4")]
    public void FromPath_encodes_each_segment_and_comes_back(string path, string uri)
    {
        Assert.Equal(uri, SourceUri.FromPath(path));
        Assert.Equal(path, SourceUri.ToPath(uri));
    }

    [Theory]
    [InlineData("https://example.org/a.mp4")]
    [InlineData("file://server/share/a.mp4")]
    [InlineData("file:///a%00b")]
    [InlineData("/a.mp4")]
    public void ToPath_of_what_is_no_local_file_is_null(string uri)
    {
        Assert.Null(SourceUri.ToPath(uri));
    }

    [Fact]
    public void FromPath_of_a_relative_path_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => SourceUri.FromPath("a.mp4"));
    }
}
