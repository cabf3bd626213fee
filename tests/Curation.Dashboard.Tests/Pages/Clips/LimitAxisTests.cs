using Curation.Dashboard.Pages.Clips;
using Curation.Dataset.Browsing;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class LimitAxisTests
{
    [Theory]
    [InlineData(">= 1.5", 1.5, null)]
    [InlineData("<= -2", null, -2.0)]
    [InlineData("0.01..0.9", 0.01, 0.9)]
    [InlineData("-50..-3", -50.0, -3.0)]
    [InlineData("|x| <= 0.2", -0.2, 0.2)]
    [InlineData("1E-05..2", 1e-5, 2.0)]
    [InlineData("none", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void Bounds_are_those_that_the_words_say(string? limit, double? low, double? high) => Assert.Equal((low, high), LimitAxis.Bounds(limit));

    [Fact]
    public void Value_and_limit_stand_in_proportion()
    {
        // From 0 to 10 with 6 % on each side: 5 is the middle, and 10 is 0.6 of 11.2 before the end.
        var axis = LimitAxis.Of(Line(5, ">= 10"), new ColumnExtent(3, 0, 8))!;

        Assert.Equal(0.5, axis.Value, 1e-9);
        Assert.Equal(1 - (0.6 / 11.2), axis.Allowed!.Value.From, 1e-9);
        Assert.Equal(1, axis.Allowed.Value.To);
        Assert.Equal("5, limit >= 10", axis.Words);
    }

    [Fact]
    public void Axis_without_a_value_is_none() => Assert.Null(LimitAxis.Of(Line(null, ">= 10"), null));

    [Fact]
    public void Axis_of_a_single_value_without_a_limit_has_it_in_the_middle()
    {
        var axis = LimitAxis.Of(Line(3, null), null)!;

        Assert.Equal((0.5, null, "3, no limit"), (axis.Value, axis.Allowed, axis.Words));
    }

    private static ClipStoryLine Line(double? value, string? limit) => new() { Name = "snr_db", State = "measured", Value = value, Limit = limit };
}
