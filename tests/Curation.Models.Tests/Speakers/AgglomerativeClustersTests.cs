using Curation.Models.Speakers;

namespace Curation.Models.Tests.Speakers;

public sealed class AgglomerativeClustersTests
{
    [Fact]
    public void Directions_near_each_other_are_one_group()
    {
        Assert.Equal([0, 1, 0, 1], AgglomerativeClusters.Group(Directions(0, 90, 10, 100), 0.4));
    }

    [Fact]
    public void Limit_of_minus_one_joins_everything()
    {
        Assert.Equal([0, 0, 0], AgglomerativeClusters.Group(Directions(0, 180, 90), -1));
    }

    [Fact]
    public void Groups_are_compared_by_their_mean_not_by_their_nearest_members()
    {
        // 0 and 45 degrees join (0.71); then 95 degrees is 0.64 from the nearer but (0.64 - 0.09) / 2 = 0.28 from the two.
        Assert.Equal([0, 0, 1], AgglomerativeClusters.Group(Directions(0, 45, 95), 0.4));
        Assert.Equal([0, 0, 0], AgglomerativeClusters.Group(Directions(0, 45, 95), 0.27));
    }

    [Fact]
    public void No_directions_have_no_groups()
    {
        Assert.Empty(AgglomerativeClusters.Group([], 0.4));
    }

    private static float[][] Directions(params double[] degrees) => [.. degrees.Select(angle => new[] { (float)Math.Cos(angle * Math.PI / 180), (float)Math.Sin(angle * Math.PI / 180) })];
}
