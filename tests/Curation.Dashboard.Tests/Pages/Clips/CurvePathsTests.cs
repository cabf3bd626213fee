using Curation.Dashboard.Pages.Clips;
using Curation.Filters.Alignment;
using Curation.Pipeline.Browsing;

namespace Curation.Dashboard.Tests.Pages.Clips;

public sealed class CurvePathsTests
{
    [Fact]
    public void Wave_runs_along_the_highs_and_back_along_the_lows()
    {
        // Two parts of 1 s in a clip of 2 s: 0 and half of the width; the loudest sample, 0.5, fills the height, and up is negative.
        var curves = Curves(2) with { Highs = [0.5f, 0.25f], Lows = [-0.25f, -0.5f], PartSeconds = 1 };

        Assert.Equal("M0 -1L500 -0.5L500 1L0 0.5Z", CurvePaths.Wave(curves));
    }

    [Fact]
    public void Silence_is_a_line_and_not_a_full_wave() => Assert.Equal("M0 0L500 0L500 0L0 0Z", CurvePaths.Wave(Curves(2) with { Highs = [0, 0], Lows = [0, 0], PartSeconds = 1 }));

    [Fact]
    public void Shifted_area_lies_so_much_later()
    {
        // Steps of 0.5 s in a clip of 2 s are 250 wide; a shift of 1 s is 500.
        Assert.Equal("M500 0.5L750 1", CurvePaths.Area(Curves(2), [1, 2], 0.5, 1, closed: false));
        Assert.Equal("M0 0L0 0.5L250 1L250 0Z", CurvePaths.Area(Curves(2), [1, 2], 0.5, 0, closed: true));
    }

    [Fact]
    public void Area_of_nothing_is_empty() => Assert.Equal("", CurvePaths.Area(Curves(2), [0, 0], 0.5, 0, closed: true));

    [Theory]
    [InlineData(4.2, 5, 1)]
    [InlineData(17.5, 9, 2)]
    [InlineData(100, 11, 10)]
    public void Ticks_are_about_ten_whole_seconds(double seconds, int count, int step)
    {
        var ticks = CurvePaths.Ticks(seconds);

        Assert.Equal((count, 0, step), (ticks.Count, ticks[0], ticks[1]));
    }

    private static ClipCurves Curves(double seconds) => new()
    {
        Seconds = seconds,
        Lows = [],
        Highs = [],
        PartSeconds = 1,
        SoundStartSeconds = 0,
        Sync = SyncTrace.Without(SyncEstimate.Unmeasured("nothing")),
        Spectrogram = new Spectrogram(0, 1, 1, 40, 24_000, []),
    };
}
