using Klear.Model.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Klear.Model.Sampling;

/// <summary>Reads the picture that a video is to start with.</summary>
internal static class FirstPicture
{
    // A picture of 100 megapixels takes 400 MB decoded.
    private const long MostPixels = 100_000_000;

    /// <summary>Reads a PNG, JPEG or WebP file, scaled to cover the size and cut around its centre.</summary>
    /// <returns>RGB in [-1, 1], [1, 3, 1, h, w].</returns>
    /// <exception cref="ArgumentException">The file is no picture that can be read, or is too large.</exception>
    public static Tensor Read(string file, PictureSize size)
    {
        using var codec = SKCodec.Create(file) ?? throw new ArgumentException($"{file} cannot be read as a picture: PNG, JPEG or WebP is needed", nameof(file));
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels) throw new ArgumentException($"{file} has {codec.Info.Width} x {codec.Info.Height} pixels; at most {MostPixels / 1_000_000} megapixels are read", nameof(file));

        using var source = SKBitmap.Decode(codec) ?? throw new ArgumentException($"{file} is damaged: its pixels cannot be decoded", nameof(file));
        using var target = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(target))
        using (var image = SKImage.FromBitmap(source))
        {
            canvas.Clear(SKColors.Black);
            canvas.DrawImage(image, Cover(source.Width, source.Height, size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        using var scope = NewDisposeScope();
        var pixels_hwc = tensor(target.Bytes, [size.Height, size.Width, 4]).narrow(2, 0, 3);
        return pixels_hwc.to(ScalarType.Float32).div(127.5).sub(1).permute(2, 0, 1).unsqueeze(0).unsqueeze(2).contiguous().MoveToOuterDisposeScope();
    }

    private static SKRect Cover(int width, int height, PictureSize size)
    {
        var scale = Math.Max((float)size.Width / width, (float)size.Height / height);
        var (wide, high) = (width * scale, height * scale);
        return SKRect.Create((size.Width - wide) / 2, (size.Height - high) / 2, wide, high);
    }
}
