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
    public void One_turn_over_four_pictures_is_as_fine_as_two_over_eight_pixels()
    {
        // 1/4 = 2/8: equal distances, and the slower coefficient stands first.
        var list = Order.ToList();
        var (moving, still, next) = (list.IndexOf(new VideoCoefficient(0, 1, 0, 0)), list.IndexOf(new VideoCoefficient(0, 0, 0, 2)), list.IndexOf(new VideoCoefficient(0, 0, 2, 0)));

        Assert.Equal([still + 1, still + 2], [next, moving]);
    }
}
