using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class SmirnovTestTests
{
    // Kolmogorov's limiting distribution as printed in tables of the test.
    [Theory]
    [InlineData(1.2238, 0.10)]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    [InlineData(1.9495, 0.001)]
    public void Beyond_is_as_printed(double lambda, double expected) => Assert.Equal(expected, SmirnovTest.Beyond(lambda), 0.01 * expected);

    [Fact]
    public void Nothing_is_beyond_chance_without_a_gap() => Assert.Equal(1, SmirnovTest.Probability(0, 100, 100));

    [Fact]
    public void Gap_is_the_largest_distance_of_the_steps()
    {
        // Below 3 lie 2/4 of the one and 0/2 of the other; below 4 3/4 and 1/2.
        Assert.Equal(0.5, SmirnovTest.Gap(Even(1, 2, 3, 4), Even(3, 5)), 1e-12);
        Assert.Equal(0, SmirnovTest.Gap(Even(1, 2), Even(1, 1, 2, 2)), 1e-12);
        Assert.Equal(1, SmirnovTest.Gap(Even(1, 2), Even(3)), 1e-12);
    }

    [Fact]
    public void Weights_count_as_repetitions() =>
        Assert.Equal(SmirnovTest.Gap(Even(1, 1, 1, 2), Even(1, 2, 2)), SmirnovTest.Gap([(1, 3), (2, 1)], [(1, 1), (2, 2)]), 1e-12);

    private static IEnumerable<(double, double)> Even(params double[] values) => values.Select(value => (value, 1.0));
}
