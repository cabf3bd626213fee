using Curation.Clips.Streaming;
using SkiaSharp;

namespace Curation.Media.Stills;

/// <summary>Writes an analysis picture as a JPEG.</summary>
public static class PosterEncoder
{
    /// <summary>JPEG quality, 0..100; 80 keeps a 320 px picture near 15 kB.</summary>
    private const int Quality = 80;

    // ITU-R BT.709: Kr = 0.2126, Kb = 0.0722; luma 16..235, colour 16..240.
    private const float LumaScale = 255f / 219f;
    private const float CrToRed = 2 * (1 - 0.2126f) * 255f / 224f;
    private const float CbToBlue = 2 * (1 - 0.0722f) * 255f / 224f;
    private const float CbToGreen = CbToBlue * 0.0722f / 0.7152f;
    private const float CrToGreen = CrToRed * 0.2126f / 0.7152f;

    /// <summary>Encodes one picture.</summary>
    /// <param name="picture">Limited-range BT.709, as the analysis pass delivers it.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    public static byte[] Encode(in PictureView picture)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < picture.Height; y++)
        {
            var luma = picture.Luma.Slice(y * picture.Width, picture.Width);
            var colour = y / 2 * (picture.Width / 2);
            for (var x = 0; x < luma.Length; x++)
            {
                var l = (luma[x] - 16) * LumaScale;
                float cb = picture.Cb[colour + (x / 2)] - 128;
                float cr = picture.Cr[colour + (x / 2)] - 128;
                var at = ((y * picture.Width) + x) * 4;
                pixels[at] = Clamp(l + (CrToRed * cr));
                pixels[at + 1] = Clamp(l - (CbToGreen * cb) - (CrToGreen * cr));
                pixels[at + 2] = Clamp(l + (CbToBlue * cb));
                pixels[at + 3] = 255;
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }

    private static byte Clamp(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);
}
