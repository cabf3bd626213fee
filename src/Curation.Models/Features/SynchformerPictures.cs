namespace Curation.Models.Features;

/// <summary>Synchformer's picture input: a centred square of 224 pixels, values -1..1 in the steps of half precision.</summary>
public static class SynchformerPictures
{
    /// <summary>Width and height of the crop.</summary>
    public const int Side = 224;

    /// <summary>Shorter side of the pictures that upstream decodes to; crops of other sizes see another field of view.</summary>
    public const int DecodedShortSide = 256;

    /// <summary>Values of one segment: [16, 3, 224, 224].</summary>
    public const int SegmentLength = SynchformerSegments.Frames * RgbPictures.Channels * Side * Side;

    // Upstream computes in half precision; every step is rounded.
    private static readonly float[] Levels = [.. Enumerable.Range(0, 256).Select(Level)];

    /// <summary>Writes one segment of the input <c>vis</c>.</summary>
    /// <param name="rgb">16 pictures, packed RGB24, at 25 a second.</param>
    /// <param name="width">Width of a picture, 224 or more.</param>
    /// <param name="height">Height of a picture, 224 or more.</param>
    /// <param name="destination">Takes <see cref="SegmentLength"/> values: pictures, channels, rows, columns.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void WriteSegment(ReadOnlySpan<byte> rgb, int width, int height, Span<float> destination)
    {
        RgbPictures.Require(rgb, SynchformerSegments.Frames, width, height, nameof(rgb));
        if (width < Side || height < Side) throw new ArgumentException($"A picture of {width}x{height} is smaller than {Side}x{Side}.", nameof(width));

        var (left, top) = (RgbPictures.CentredCrop(width, Side), RgbPictures.CentredCrop(height, Side));
        for (var frame = 0; frame < SynchformerSegments.Frames; frame++)
        {
            var planes = destination.Slice(frame * RgbPictures.Channels * Side * Side, RgbPictures.Channels * Side * Side);
            for (var y = 0; y < Side; y++)
            {
                var row = rgb.Slice(((((frame * height) + top + y) * width) + left) * RgbPictures.Channels, Side * RgbPictures.Channels);
                for (var channel = 0; channel < RgbPictures.Channels; channel++)
                {
                    var to = planes.Slice(((channel * Side) + y) * Side, Side);
                    for (var x = 0; x < Side; x++) to[x] = Levels[row[(x * RgbPictures.Channels) + channel]];
                }
            }
        }
    }

    private static float Level(int value)
    {
        var share = (Half)((float)value / 255f);
        var centred = (Half)((float)share - 0.5f);
        return (float)(Half)((float)centred / 0.5f);
    }
}
