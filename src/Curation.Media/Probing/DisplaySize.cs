namespace Curation.Media.Probing;

/// <summary>The size of a picture as shown.</summary>
internal static class DisplaySize
{
    /// <summary>Square pixels after sample aspect ratio and rotation; the height is kept and the width stretched.</summary>
    public static (int Width, int Height) Of(int codedWidth, int codedHeight, Rational aspect, int rotationDegrees)
    {
        var width = Math.Max(1, (int)Math.Round(codedWidth * aspect.Value));
        return rotationDegrees is 90 or 270 ? (codedHeight, width) : (width, codedHeight);
    }

    /// <summary>A size with the same shape, both sides even and the longer one not above a limit. Never enlarges.</summary>
    public static (int Width, int Height) Fit(int width, int height, int longSide)
    {
        var scale = Math.Min(1.0, (double)longSide / Math.Max(width, height));
        return (Even(width * scale), Even(height * scale));
    }

    private static int Even(double length) => Math.Max(2, (int)Math.Round(length / 2, MidpointRounding.AwayFromZero) * 2);
}
