using CsCheck;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class SeparatingNumberTests
{
    [Theory]
    [InlineData(0.1, 0.3, 0.2)]
    [InlineData(0.3, 0.1, 0.2)]
    [InlineData(10.13, 10.16, 10.14)]
    [InlineData(0.0, 1.0, 0.5)]
    [InlineData(7900, 8250, 8000)]
    [InlineData(-30.2, -29.9, -30)]
    public void Between_is_short_and_near_the_middle(double kept, double turnedAway, double expected)
    {
        Assert.Equal(expected, SeparatingNumber.Between(kept, turnedAway), kept == 10.13 ? 0.0101 : 0);
    }

    [Fact]
    public void Between_passes_what_is_kept_and_not_what_is_turned_away()
    {
        Gen.Double[-1e6, 1e6].Select(Gen.Double[-1e6, 1e6]).Where(pair => pair.Item1 != pair.Item2).Sample(pair =>
        {
            var (kept, turnedAway) = pair;
            var number = SeparatingNumber.Between(kept, turnedAway);
            return kept < turnedAway ? kept <= number && number < turnedAway : kept >= number && number > turnedAway;
        });
    }

    [Fact]
    public void Between_neighbouring_doubles_is_the_one_that_is_kept()
    {
        Assert.Equal(0.1, SeparatingNumber.Between(0.1, Math.BitIncrement(0.1)));
        Assert.Equal(0.1, SeparatingNumber.Between(0.1, Math.BitDecrement(0.1)));
    }

    [Fact]
    public void Bound_that_all_pass_stays_within_what_is_possible()
    {
        Assert.Equal(0, SeparatingNumber.Below(0, 0.8, 0));
        Assert.Equal(1, SeparatingNumber.Above(0.2, 1, 1));
        Assert.InRange(SeparatingNumber.Above(0, 50, null), 50, 50.5);
    }

    [Fact]
    public void Bound_that_all_pass_lets_values_pass_that_should_not_be_possible()
    {
        Assert.Equal(0.5, SeparatingNumber.Below(0.5, 0.8, 1));
        Assert.Equal(1.5, SeparatingNumber.Above(0.2, 1.5, 1));
    }
}
