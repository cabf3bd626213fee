namespace Curation.Models.Features;

/// <summary>Checks packed RGB24 pictures against their stated size.</summary>
internal static class RgbPictures
{
    public const int Channels = 3;

    /// <summary>Throws where the bytes are not that many pictures of that size.</summary>
    public static void Require(ReadOnlySpan<byte> rgb, int frames, int width, int height, string parameter)
    {
        if (width < 1 || height < 1) throw new ArgumentException($"A picture of {width}x{height} has no pixels.", parameter);
        if (rgb.Length == (long)frames * width * height * Channels) return;

        throw new ArgumentException($"{rgb.Length} bytes are not {frames} pictures of {width}x{height} in RGB24.", parameter);
    }

    /// <summary>First pixel of a centred crop; halves go to the even neighbour, as Python rounds.</summary>
    public static int CentredCrop(int length, int wanted) => (int)Math.Round((length - wanted) / 2.0, MidpointRounding.ToEven);
}
