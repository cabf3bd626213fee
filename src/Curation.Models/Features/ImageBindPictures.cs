namespace Curation.Models.Features;

/// <summary>ImageBind's picture inputs: single images, and videos as five stretches of two pictures in three crops.</summary>
public static class ImageBindPictures
{
    /// <summary>Width and height of the input.</summary>
    public const int Side = 224;

    /// <summary>Stretches of a video.</summary>
    public const int Clips = 5;

    /// <summary>Crops of a picture of a video: left or upper, middle, right or lower.</summary>
    public const int Crops = 3;

    /// <summary>Pictures of a stretch: its first and its last one.</summary>
    public const int FramesPerClip = 2;

    /// <summary>Values of an image: [3, 224, 224].</summary>
    public const int ImageLength = RgbPictures.Channels * Side * Side;

    /// <summary>Values of an image that stands still for two pictures: [3, 2, 224, 224].</summary>
    public const int StillLength = FramesPerClip * ImageLength;

    /// <summary>Values of one stretch of a video: [3 crops, 3 channels, 2 pictures, 224, 224].</summary>
    public const int ClipLength = Crops * FramesPerClip * ImageLength;

    private const int ClipSeconds = 2;

    /// <summary>Writes one image: Pillow's bicubic, centre crop, CLIP's statistics.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="destination">Takes <see cref="ImageLength"/> values: channels, rows, columns.</param>
    public static void WriteImage(ReadOnlySpan<byte> rgb, int width, int height, Span<float> destination) =>
        PictureInput.Clip.Write(rgb, width, height, destination);

    /// <summary>Writes one image as the input <c>vision</c> wants it: twice, for upstream's model repeats an image to two pictures.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="destination">Takes <see cref="StillLength"/> values: channels, pictures, rows, columns.</param>
    public static void WriteStill(ReadOnlySpan<byte> rgb, int width, int height, Span<float> destination)
    {
        const int Plane = Side * Side;
        var image = new float[ImageLength];
        WriteImage(rgb, width, height, image);
        for (var channel = 0; channel < RgbPictures.Channels; channel++)
        {
            var plane = image.AsSpan(channel * Plane, Plane);
            plane.CopyTo(destination[(2 * channel * Plane)..]);
            plane.CopyTo(destination[(((2 * channel) + 1) * Plane)..]);
        }
    }

    /// <summary>Which pictures of a video are looked at.</summary>
    /// <param name="frames">Number of pictures, 1 or more.</param>
    /// <param name="frameRate">Pictures a second, constant.</param>
    /// <returns>First and last picture of five stretches of 2 s, evenly spread; a video shorter than 2 s gives the same pair five times.</returns>
    public static IReadOnlyList<(int First, int Last)> FramePairs(int frames, double frameRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        if (!(frameRate > 0 && double.IsFinite(frameRate))) throw new ArgumentOutOfRangeException(nameof(frameRate), frameRate, "The rate must be above 0.");

        var pairs = new (int, int)[Clips];
        for (var clip = 0; clip < Clips; clip++)
        {
            var start = ClipSampling.StartSeconds(frames / frameRate, ClipSeconds, Clips, clip);
            var first = Math.Min((int)Math.Ceiling(frameRate * start), frames - 1);
            var end = Math.Min((int)Math.Ceiling(frameRate * (start + ClipSeconds)), frames);
            pairs[clip] = (first, Math.Max(first, end - 1));
        }

        return pairs;
    }

    /// <summary>Writes one stretch of a video in three crops: PyTorch's bilinear without antialiasing, CLIP's statistics.</summary>
    /// <param name="first">Its first picture, packed RGB24.</param>
    /// <param name="last">Its last picture.</param>
    /// <param name="width">Width of both.</param>
    /// <param name="height">Height of both.</param>
    /// <param name="destination">Takes <see cref="ClipLength"/> values: crops, channels, pictures, rows, columns.</param>
    public static void WriteClip(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, int width, int height, Span<float> destination)
    {
        WriteFrame(first, 0, width, height, destination);
        WriteFrame(last, 1, width, height, destination);
    }

    private static void WriteFrame(ReadOnlySpan<byte> rgb, int frame, int width, int height, Span<float> destination)
    {
        RgbPictures.Require(rgb, 1, width, height, nameof(rgb));
        var newWidth = width < height ? Side : (int)Math.Floor((double)width / height * Side);
        var newHeight = width < height ? (int)Math.Floor((double)height / width * Side) : Side;
        var planes = BilinearScaler.Scale(rgb, width, height, newWidth, newHeight);
        for (var crop = 0; crop < Crops; crop++)
        {
            var left = Corner(newWidth, crop, moves: newWidth >= newHeight);
            var top = Corner(newHeight, crop, moves: newHeight > newWidth);
            for (var row = 0; row < RgbPictures.Channels * Side; row++)
            {
                var (channel, y) = (row / Side, row % Side);
                var from = planes.AsSpan((((channel * newHeight) + top + y) * newWidth) + left, Side);
                var to = destination.Slice(((((((crop * RgbPictures.Channels) + channel) * FramesPerClip) + frame) * Side) + y) * Side, Side);
                for (var x = 0; x < Side; x++) to[x] = ChannelScale.Clip.Apply(from[x], channel);
            }
        }
    }

    // Along the longer side the crops stand at the start, in the middle (rounded up) and at the end.
    private static int Corner(int length, int crop, bool moves) => (moves ? crop : 1) switch
    {
        0 => 0,
        1 => (length - Side + 1) / 2,
        _ => length - Side,
    };
}
