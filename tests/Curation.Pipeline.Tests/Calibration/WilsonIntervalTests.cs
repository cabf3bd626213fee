using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class WilsonIntervalTests
{
    // Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3; 8 of 10 is Agresti and Coull's example of the method.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    public void Interval_is_that_of_the_literature(int successes, int tries, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, tries);

        Assert.Equal(low, interval.Low, 0.00006);
        Assert.Equal(high, interval.High, 0.00006);
    }

    [Fact]
    public void Interval_of_nothing_is_everything()
    {
        Assert.Equal(new WilsonInterval(double.NaN, 0, 1), WilsonInterval.Of(0, 0));
    }

    [Fact]
    public void Interval_of_all_ends_at_one()
    {
        // The lower end is n / (n + z^2).
        var interval = WilsonInterval.Of(20, 20);

        Assert.Equal(1, interval.High);
        Assert.Equal(20 / (20 + (1.959964 * 1.959964)), interval.Low, 1e-6);
    }
}
