using Curation.Pipeline.Planning;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Planning;

public sealed class SourceStratumTests
{
    [Theory]
    [InlineData("/in", "file:///in/a/b/c.mp4", "a")]
    [InlineData("/in/", "file:///in/c.mp4", ".")]
    [InlineData("/in", "file:///in/a%20b/c.mp4", "a b")]
    [InlineData("/in", "file:///elsewhere/a/c.mp4", ".")]
    [InlineData("/in", "file:///inner/a/c.mp4", ".")]
    [InlineData("azblob://account/box/raw", "azblob://account/box/raw/2024/c.mp4", "2024")]
    public void Folder_is_the_first_below_the_input(string input, string uri, string expected) =>
        Assert.Equal(expected, new SourceStratum(input).Of(new SourceItem { Uri = uri }, StratumKind.Folder));

    [Theory]
    [InlineData("file:///in/a/c.MP4", ".mp4")]
    [InlineData("file:///in/a/c", "(none)")]
    public void Container_is_the_ending_of_the_name(string uri, string expected) =>
        Assert.Equal(expected, new SourceStratum("/in").Of(new SourceItem { Uri = uri }, StratumKind.Container));
}
