using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class StudentTTests
{
    // Table of percentage points of Student's distribution, two-sided 90 %.
    [Theory]
    [InlineData(1, 6.3138)]
    [InlineData(2, 2.9200)]
    [InlineData(5, 2.0150)]
    [InlineData(10, 1.8125)]
    [InlineData(29, 1.6991)]
    [InlineData(100, 1.6602)]
    public void TwoSided_of_90_percent_is_as_printed(int degrees, double expected) => Assert.Equal(expected, StudentT.TwoSided(0.9, degrees), 0.00006);

    [Fact]
    public void Many_degrees_are_the_normal() => Assert.Equal(1.6449, StudentT.TwoSided(0.9, 100_000), 0.0001);

    // Table of the standard normal.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1.281552, 0.1)]
    [InlineData(-1.644854, 0.05)]
    [InlineData(-2.326348, 0.01)]
    public void NormalBelow_is_as_printed(double z, double expected) => Assert.Equal(expected, StudentT.NormalBelow(z), 1e-6);
}
