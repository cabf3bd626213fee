using Curation.Models.Features;

namespace Curation.Models.Tests.Features;

public sealed class PictureResizerTests
{
    [Theory]
    [InlineData(ResizeFilter.Bicubic, 100, 60, 33, 47)]
    [InlineData(ResizeFilter.Bilinear, 100, 60, 33, 47)]
    [InlineData(ResizeFilter.Bicubic, 5, 3, 64, 64)]
    [InlineData(ResizeFilter.Bilinear, 1, 1, 8, 8)]
    public void One_colour_stays_that_colour(ResizeFilter filter, int width, int height, int newWidth, int newHeight)
    {
        var rgb = Enumerable.Range(0, width * height).SelectMany(_ => new byte[] { 10, 200, 255 }).ToArray();

        var resized = PictureResizer.Resize(rgb, width, height, newWidth, newHeight, filter);

        Assert.Equal(Enumerable.Range(0, newWidth * newHeight).SelectMany(_ => new byte[] { 10, 200, 255 }), resized);
    }

    [Fact]
    public void Same_size_is_a_copy() =>
        Assert.Equal([1, 2, 3, 4, 5, 6], PictureResizer.Resize([1, 2, 3, 4, 5, 6], 2, 1, 2, 1, ResizeFilter.Bicubic));

    [Fact]
    public void Halving_bilinearly_weighs_four_pixels_by_a_triangle()
    {
        // Pixel 1 of 4 from 8: centre 3, taps at 1.5, 2.5, 3.5, 4.5 with weights 1/8, 3/8, 3/8, 1/8 of a triangle two pixels wide.
        byte[] grey = [0, 80, 160, 40, 200, 0, 0, 0];
        var rgb = grey.SelectMany(value => new[] { value, value, value }).ToArray();

        var resized = PictureResizer.Resize(rgb, 8, 1, 4, 1, ResizeFilter.Bilinear);

        Assert.Equal((byte)Math.Round(((80 + (3 * 160) + (3 * 40) + 200) / 8.0) + 1e-9), resized[3]);
    }

    [Fact]
    public void Doubling_bicubically_weighs_by_keys_cubic()
    {
        // New pixel 3 of 8 stands at 1.75 - 0.5 = 1.25 of the old ones: distances 1.25, 0.25, 0.75, 1.75 under a = -0.5.
        byte[] grey = [100, 20, 220, 60];
        var rgb = grey.SelectMany(value => new[] { value, value, value }).ToArray();
        double[] weights = [-0.0703125, 0.8671875, 0.2265625, -0.0234375];

        var resized = PictureResizer.Resize(rgb, 4, 1, 8, 1, ResizeFilter.Bicubic);

        Assert.Equal((byte)Math.Round(grey.Zip(weights, (value, weight) => value * weight).Sum()), resized[9]);
    }

    [Fact]
    public void Bytes_that_are_no_picture_are_refused() =>
        Assert.Throws<ArgumentException>(() => PictureResizer.Resize(new byte[10], 2, 2, 1, 1, ResizeFilter.Bicubic));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -3)]
    public void Sizes_without_pixels_are_refused(int width, int height) =>
        Assert.ThrowsAny<ArgumentException>(() => PictureResizer.Resize(new byte[12], 2, 2, width, height, ResizeFilter.Bicubic));
}
