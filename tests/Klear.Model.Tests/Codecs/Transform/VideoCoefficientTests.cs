using Klear.Model.Codecs.Transform;

namespace Klear.Model.Tests.Codecs.Transform;

public sealed class VideoCoefficientTests
{
    private static readonly IReadOnlyList<VideoCoefficient> Order = VideoCoefficient.InOrder(4, 8);

    [Fact]
    public void Every_coefficient_stands_once_in_the_order()
    {
        Assert.Equal(768, Order.Count);
        Assert.Equal(768, Order.Distinct().Count());
    }

    [Fact]
    public void Order_begins_with_the_constants_luma_first()
    {
        Assert.Equal([new(0, 0, 0, 0), new(1, 0, 0, 0), new(2, 0, 0, 0), new(0, 0, 0, 1), new(0, 0, 1, 0)], Order.Take(5));
    }

    [Fact]
    public void Order_ends_with_the_finest_chroma()
    {
        Assert.Equal(new VideoCoefficient(2, 3, 7, 7), Order[^1]);
    }

    [Fact]
    public void Equal_sums_have_the_slow_coefficients_first_and_luma_before_chroma()
    {
        // 3 x 2 = 2 x 3 in luma, and three times 2 x 1 in chroma.
        var list = Order.ToList();
        var (still, moving, chroma) = (list.IndexOf(new VideoCoefficient(0, 0, 3, 0)), list.IndexOf(new VideoCoefficient(0, 2, 0, 0)), list.IndexOf(new VideoCoefficient(1, 0, 0, 1)));

        Assert.Equal([still + 1, still + 2], [moving, chroma]);
    }
}
