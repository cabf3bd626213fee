using SkiaSharp;

namespace Curation.Media.Reading;

/// <summary>Writes a picture as a JPEG, for models that take files.</summary>
public static class JpegEncoder
{
    /// <summary>Encodes one picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="quality">JPEG quality, 1..100; at 90 and above its damage is below what a vision model's resizing removes. Uncalibrated.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    public static byte[] Encode(ClipPicture picture, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(picture);

        return Encode(picture.Rgb, picture.Width, picture.Height, quality);
    }

    /// <summary>Encodes one picture.</summary>
    /// <param name="rgb">Red, green, blue, row by row without gaps.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="quality">JPEG quality, 1..100.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    public static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height, int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (quality is < 1 or > 100) throw new ArgumentOutOfRangeException(nameof(quality), quality, "must be in 1..100");
        if (rgb.Length != (long)width * height * 3) throw new ArgumentException($"{rgb.Length} bytes are no RGB picture of {width} x {height}", nameof(rgb));

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgb.Slice(from, 3).CopyTo(pixels[to..]);
            pixels[to + 3] = byte.MaxValue;
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
