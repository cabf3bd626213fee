using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class ZeroBoundTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Large_population_gives_the_rule_of_three(int sampled)
    {
        var share = ZeroBound.Share(sampled, 1_000_000_000);

        // Exactly 1 - 0.05^(1/n), for which 3/n stands.
        Assert.Equal(1 - Math.Pow(0.05, 1.0 / sampled), share, 1e-6);
        Assert.InRange(share, 0.95 * 3 / sampled, 3.0 / sampled);
    }

    // C(17,10)/C(20,10) = 0.105, C(16,10)/C(20,10) = 0.043: three of twenty may be missed by ten, four not.
    [Fact]
    public void Half_of_twenty_may_miss_three() => Assert.Equal(3 / 20.0, ZeroBound.Share(10, 20));

    [Fact]
    public void Census_misses_nothing() => Assert.Equal(0, ZeroBound.Share(20, 20));

    [Fact]
    public void Empty_sample_may_miss_everything() => Assert.Equal(1, ZeroBound.Share(0, 20));
}
