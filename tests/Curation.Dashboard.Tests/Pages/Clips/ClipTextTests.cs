using Curation.Dashboard.Pages.Clips;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class ClipTextTests
{
    [Theory]
    [InlineData("file:///media/a%20dog.mp4", "a dog.mp4")]
    [InlineData("azblob://account/container/folder/x.mkv", "x.mkv")]
    [InlineData("file:///media/line%0Abreak.mp4", "line\uFFFDbreak.mp4")]
    [InlineData("", "")]
    public void Source_name_is_the_last_part_as_people_read_it(string uri, string name) => Assert.Equal(name, ClipText.SourceName(uri));

    [Theory]
    [InlineData(0, "0:00.0")]
    [InlineData(3.44, "0:03.4")]
    [InlineData(61, "1:01.0")]
    [InlineData(3723.5, "1:02:03.5")]
    public void Clock_has_hours_only_where_there_are_any(double seconds, string text) => Assert.Equal(text, ClipText.Clock(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Percent_is_for_a_style() => Assert.Equal("12.5%", ClipText.Percent(0.125));
}
