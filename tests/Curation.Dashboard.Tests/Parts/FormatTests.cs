using Curation.Dashboard.Parts;

namespace Curation.Dashboard.Tests.Parts;

public sealed class FormatTests
{
    [Fact]
    public void Count_thousands_are_apart() => Assert.Equal("1,234,567", Format.Count(1_234_567));

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(1, 8, "12.5 %")]
    [InlineData(3, 3, "100 %")]
    public void Share_of_a_whole_is_in_percent(double part, double whole, string text) => Assert.Equal(text, Format.Share(part, whole));

    [Theory]
    [InlineData(2.5, "2.5 h")]
    [InlineData(0.5, "30 min")]
    [InlineData(0.01, "36 s")]
    public void Hours_less_than_one_are_in_a_smaller_unit(double hours, string text) => Assert.Equal(text, Format.Hours(hours));

    [Fact]
    public void Span_has_its_two_largest_units() => Assert.Equal("2 h 05 min", Format.Span(new TimeSpan(2, 5, 59)));

    [Fact]
    public void Bytes_are_in_binary_units() => Assert.Equal("1.5 GiB", Format.Bytes(3L << 29));

    [Theory]
    [InlineData("sync_offset_s", "Sync offset")]
    [InlineData("too_short", "too short")]
    public void Filter_is_called_by_the_title_of_its_measurement(string name, string words) => Assert.Equal(words, Format.Filter(name));

    [Fact]
    public void Moment_in_utc_says_so()
    {
        var moment = new DateTimeOffset(2026, 2, 3, 14, 5, 0, TimeSpan.Zero);

        Assert.Equal("2026-02-03 14:05 UTC", Format.Moment(moment));
        Assert.Equal("2026-02-03 23:05", Format.Moment(moment.ToOffset(TimeSpan.FromHours(9))));
    }
}
