using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class PictureSizeTests
{
    private static readonly PictureSize[] Sizes = [new(64, 64), new(112, 64), new(64, 112), new(448, 256)];

    [Theory]
    [InlineData(640, 360, 448, 256)]
    [InlineData(320, 180, 112, 64)]
    [InlineData(362, 640, 64, 112)]
    [InlineData(512, 500, 64, 64)]
    [InlineData(80, 45, 112, 64)]
    public void Nearest_has_the_shape_and_needs_no_enlarging_where_it_can(int width, int height, int nearestWidth, int nearestHeight)
    {
        Assert.Equal(new PictureSize(nearestWidth, nearestHeight), PictureSize.Nearest(Sizes, width, height));
    }
}
