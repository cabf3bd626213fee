using Curation.Clips.Deciding;
using Curation.Dataset.Report.Sections;

namespace Curation.Dataset.Tests.Report.Sections;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0.2001, "0.2001")]
    [InlineData(0.43, "0.43")]
    [InlineData(0.2000001, "0.2000001")]
    public void Rejected_value_never_reads_as_if_it_kept_the_limit(double value, string expected) =>
        Assert.Equal(expected, Words.Beyond(value, new Limit("silence_ratio") { Max = 0.2 }, "ratio"));

    [Theory]
    [InlineData(0, 10, "0 %")]
    [InlineData(1, 3000, "< 0.1 %")]
    [InlineData(27, 1000, "2.7 %")]
    [InlineData(1, 3, "33 %")]
    [InlineData(995, 1000, "99.5 %")]
    [InlineData(2999, 3000, "> 99.9 %")]
    [InlineData(10, 10, "100 %")]
    [InlineData(0, 0, "–")]
    public void Percent_is_not_rounded_to_nothing_or_all(long part, long whole, string expected) =>
        Assert.Equal(expected, Words.Percent(part, whole).Replace('\u00a0', ' '));

    [Theory]
    [InlineData(42.04, "42 s")]
    [InlineData(90, "1.5 min")]
    [InlineData(9000, "2.5 h")]
    [InlineData(3_600_000, "1,000 h")]
    public void Time_is_in_the_largest_unit_that_suits(double seconds, string expected) =>
        Assert.Equal(expected, Words.Time(seconds).Replace('\u00a0', ' '));

    [Theory]
    [InlineData("file:///media/in/a%20b.mp4", "a b.mp4", "in/")]
    [InlineData("azblob://account/container/x/y/z.mp4", "z.mp4", "x/y/")]
    public void Source_is_named_by_its_file_and_last_folders(string address, string name, string folderEnd)
    {
        Assert.Equal(name, Words.SourceName(address));
        Assert.EndsWith(folderEnd, Words.SourceFolder(address), StringComparison.Ordinal);
    }
}
