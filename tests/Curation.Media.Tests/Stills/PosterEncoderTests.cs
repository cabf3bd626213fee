using Curation.Clips.Streaming;
using Curation.Media.Stills;
using SkiaSharp;

namespace Curation.Media.Tests.Stills;

public sealed class PosterEncoderTests
{
    // Y, Cb, Cr of ITU-R BT.709 limited range: Y = 16 + 219 (0.2126 R + 0.7152 G + 0.0722 B), Cb = 128 + 224 (B - Y') / 1.8556, Cr = 128 + 224 (R - Y') / 1.5748.
    [Theory]
    [InlineData(16, 128, 128, 0, 0, 0)]
    [InlineData(235, 128, 128, 255, 255, 255)]
    [InlineData(63, 102, 240, 255, 0, 0)]
    [InlineData(173, 42, 26, 0, 255, 0)]
    [InlineData(32, 240, 118, 0, 0, 255)]
    public void Limited_range_becomes_full_range_colour(byte y, byte cb, byte cr, byte red, byte green, byte blue)
    {
        var luma = new byte[32 * 16];
        var blueDifference = new byte[16 * 8];
        var redDifference = new byte[16 * 8];
        Array.Fill(luma, y);
        Array.Fill(blueDifference, cb);
        Array.Fill(redDifference, cr);
        var jpeg = PosterEncoder.Encode(new PictureView { Time = default, Width = 32, Height = 16, Luma = luma, Cb = blueDifference, Cr = redDifference });
        using var bitmap = SKBitmap.Decode(jpeg);
        var pixel = bitmap.GetPixel(15, 7);

        Assert.Equal((32, 16), (bitmap.Width, bitmap.Height));
        Assert.Equal(red, (double)pixel.Red, 5.0);
        Assert.Equal(green, (double)pixel.Green, 5.0);
        Assert.Equal(blue, (double)pixel.Blue, 5.0);
    }
}
