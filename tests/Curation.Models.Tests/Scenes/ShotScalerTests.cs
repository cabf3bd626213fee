using Curation.Clips.Streaming;
using Curation.Models.Scenes;

namespace Curation.Models.Tests.Scenes;

public sealed class ShotScalerTests
{
    // ITU-R BT.709, 8 bits: full red, green, blue, white and black as Y, Cb, Cr.
    [Theory]
    [InlineData(63, 102, 240, 255, 0, 0)]
    [InlineData(173, 42, 26, 0, 255, 0)]
    [InlineData(32, 240, 118, 0, 0, 255)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(16, 128, 128, 0, 0, 0)]
    public void Colours_are_those_of_Bt709(byte y, byte cb, byte cr, int red, int green, int blue)
    {
        var small = Scale(320, 180, (_, _) => y, cb, cr);

        for (var i = 0; i < ShotPicture.Bytes; i += 3)
        {
            Assert.InRange(small[i], red - 2, red + 2);
            Assert.InRange(small[i + 1], green - 2, green + 2);
            Assert.InRange(small[i + 2], blue - 2, blue + 2);
        }
    }

    [Fact]
    public void Ramp_stays_a_ramp()
    {
        // Luma 16 and one more for each of 220 columns: in RGB 255 / 219 a column. Small pixel i has its middle at column (i + 0.5) 220 / 48 - 0.5.
        var small = Scale(220, 124, (x, _) => (byte)(16 + x), 128, 128);

        for (var i = 2; i < 46; i++) Assert.InRange(small[3 * i], (((i + 0.5) * 220 / 48) - 0.5) * 255 / 219 - 1, (((i + 0.5) * 220 / 48) - 0.5) * 255 / 219 + 1);
    }

    [Fact]
    public void Pictures_of_any_shape_fill_the_small_one()
    {
        // The lower half is white: the edge runs through the middle of the fourteenth of 27 rows.
        var small = Scale(38, 320, (_, y) => (byte)(y < 160 ? 16 : 235), 128, 128);

        Assert.All(small[..(11 * 48 * 3)], level => Assert.Equal(0, level));
        Assert.All(small[(13 * 48 * 3)..(14 * 48 * 3)], level => Assert.InRange(level, 126, 129));
        Assert.All(small[(16 * 48 * 3)..], level => Assert.Equal(255, level));
    }

    private static byte[] Scale(int width, int height, Func<int, int, byte> luma, byte cb, byte cr)
    {
        var y = new byte[width * height];
        for (var i = 0; i < y.Length; i++) y[i] = luma(i % width, i / width);

        var picture = new PictureView
        {
            Time = TimeSpan.Zero,
            Width = width,
            Height = height,
            Luma = y,
            Cb = [.. Enumerable.Repeat(cb, width * height / 4)],
            Cr = [.. Enumerable.Repeat(cr, width * height / 4)],
        };
        new ShotScaler(width, height).Scale(picture, out var small);
        return ((ReadOnlySpan<byte>)small).ToArray();
    }
}
