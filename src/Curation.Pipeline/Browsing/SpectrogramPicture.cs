using SkiaSharp;

namespace Curation.Pipeline.Browsing;

/// <summary>Draws a spectrogram: time to the right, frequency upwards on a logarithmic scale, loud is light.</summary>
public static class SpectrogramPicture
{
    // Matplotlib's colour map magma at six places, and straight lines between: its lightness grows evenly.
    private static readonly (byte Red, byte Green, byte Blue)[] Magma = [(0, 0, 4), (59, 15, 112), (140, 41, 129), (222, 73, 104), (254, 159, 109), (252, 253, 191)];

    /// <summary>Draws it, one pixel a column and row.</summary>
    /// <param name="spectrogram">At least one column.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] Png(Spectrogram spectrogram)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        ArgumentOutOfRangeException.ThrowIfZero(spectrogram.Columns);

        using var bitmap = new SKBitmap(new SKImageInfo(spectrogram.Columns, spectrogram.Rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var column = 0; column < spectrogram.Columns; column++)
        {
            for (var row = 0; row < spectrogram.Rows; row++)
            {
                var (red, green, blue) = Colour(1 - (spectrogram.Decibels[(column * spectrogram.Rows) + row] / Spectrogram.FloorDb));
                var at = (((spectrogram.Rows - 1 - row) * spectrogram.Columns) + column) * 4;
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (red, green, blue, 255);
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static (byte Red, byte Green, byte Blue) Colour(float share)
    {
        var place = Math.Clamp(share, 0, 1) * (Magma.Length - 1);
        var below = Math.Min((int)place, Magma.Length - 2);
        var (a, b, way) = (Magma[below], Magma[below + 1], place - below);
        return (Between(a.Red, b.Red, way), Between(a.Green, b.Green, way), Between(a.Blue, b.Blue, way));
    }

    private static byte Between(byte a, byte b, float way) => (byte)MathF.Round(a + ((b - a) * way));
}
