using Curation.Media.Cutting;
using Curation.Media.Probing;

namespace Curation.Media.Tests.Cutting;

public sealed class FrameGridTests
{
    [Fact]
    public void Constant_rate_is_kept_exactly_although_times_are_rounded_to_milliseconds()
    {
        var times = Enumerable.Range(0, 100).Select(n => TimeSpan.FromMilliseconds(Math.Round(n * 1001 / 24.0))).ToList();
        var grid = FrameGrid.Choose(times, new Rational(24000, 1001), new Rational(24, 1));

        Assert.Equal(new Rational(24000, 1001), grid.Rate);
        Assert.True(grid.LargestError <= TimeSpan.FromMilliseconds(0.5));
    }

    [Fact]
    public void Varying_times_get_the_lowest_rate_that_holds_them()
    {
        int[] milliseconds = [0, 100, 150, 300, 350];
        var grid = FrameGrid.Choose([.. milliseconds.Select(m => TimeSpan.FromMilliseconds(m))], new Rational(1000, 1), new Rational(10, 1));

        Assert.Equal(new Rational(20, 1), grid.Rate);
        Assert.Equal(TimeSpan.Zero, grid.LargestError);
    }

    [Fact]
    public void Times_on_no_grid_are_capped_and_their_error_reported()
    {
        int[] milliseconds = [0, 13, 29, 41, 67];
        var grid = FrameGrid.Choose([.. milliseconds.Select(m => TimeSpan.FromMilliseconds(m))], new Rational(1000, 1), null);

        Assert.Equal(new Rational(60, 1), grid.Rate);

        // Places of 60 Hz: 0, 16.67, 33.33, 33.33 or 50, 66.67: the worst is 41 ms, 7.67 ms from 33.33.
        Assert.Equal(7.67, grid.LargestError.TotalMilliseconds, 0.01);
    }

    [Theory]
    [InlineData(2.0, 25, 1, 50)]
    [InlineData(1.001, 30000, 1001, 30)]
    [InlineData(0.001, 25, 1, 1)]
    public void Count_is_the_nearest_whole_number_of_frames(double seconds, int numerator, int denominator, int frames) =>
        Assert.Equal(frames, FrameGrid.Count(TimeSpan.FromSeconds(seconds), new Rational(numerator, denominator)));
}
