namespace Curation.Models.Features;

/// <summary>Resizes a picture as PyTorch's <c>interpolate(mode="bilinear", align_corners=False)</c>: without antialiasing, in single precision, to values 0..1.</summary>
internal static class BilinearScaler
{
    /// <summary>Resizes.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="newWidth">Width wanted.</param>
    /// <param name="newHeight">Height wanted.</param>
    /// <returns>Planes: channels, rows, columns.</returns>
    public static float[] Scale(ReadOnlySpan<byte> rgb, int width, int height, int newWidth, int newHeight)
    {
        var planes = new float[RgbPictures.Channels * newWidth * newHeight];
        for (var y = 0; y < newHeight; y++)
        {
            var (top, bottom, down) = Place(y, height, newHeight);
            for (var x = 0; x < newWidth; x++)
            {
                var (left, right, across) = Place(x, width, newWidth);
                for (var channel = 0; channel < RgbPictures.Channels; channel++)
                {
                    var upper = Mix(Value(rgb, width, left, top, channel), Value(rgb, width, right, top, channel), across);
                    var lower = Mix(Value(rgb, width, left, bottom, channel), Value(rgb, width, right, bottom, channel), across);
                    planes[(((channel * newHeight) + y) * newWidth) + x] = Mix(upper, lower, down);
                }
            }
        }

        return planes;
    }

    // Centres of pixels are matched; before the first centre the outermost pixel stands alone.
    private static (int Before, int After, float Share) Place(int position, int length, int newLength)
    {
        var scale = (float)length / newLength;
        var source = Math.Max(0, (scale * (position + 0.5f)) - 0.5f);
        var before = Math.Min((int)source, length - 1);
        return (before, Math.Min(before + 1, length - 1), source - before);
    }

    private static float Value(ReadOnlySpan<byte> rgb, int width, int x, int y, int channel) => rgb[(((y * width) + x) * RgbPictures.Channels) + channel] / 255f;

    private static float Mix(float first, float second, float share) => ((1 - share) * first) + (share * second);
}
