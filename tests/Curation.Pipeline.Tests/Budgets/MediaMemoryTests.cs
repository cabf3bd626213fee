using Curation.Media.Probing;
using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Tests.Budgets;

public sealed class MediaMemoryTests
{
    private const long Mebibyte = 1L << 20;

    // Peaks that /usr/bin/time stated of ffmpeg 5.1: 7680x4320 takes 548 MiB to decode with two threads and 2289 MiB to cut.
    [Theory]
    [InlineData(1280, 720, 70, 135)]
    [InlineData(1920, 1080, 86, 222)]
    [InlineData(3840, 2160, 179, 640)]
    [InlineData(7680, 4320, 549, 2289)]
    public void Estimate_covers_what_ffmpeg_was_seen_to_take_and_not_three_times_as_much(int width, int height, long decodeMebibytes, long cutMebibytes)
    {
        var video = Video(width, height, "yuv420p", 8);

        Assert.InRange(MediaMemory.OfDecoder(video, 2), decodeMebibytes * Mebibyte, 3 * decodeMebibytes * Mebibyte);
        Assert.InRange(MediaMemory.OfCut(video, 2), cutMebibytes * Mebibyte, 3 * cutMebibytes * Mebibyte);
    }

    // 64 MiB, and 22 pictures of 1000 x 1000 with the bytes that a pixel takes.
    [Theory]
    [InlineData("yuv420p", 8, 1.5)]
    [InlineData("yuv420p10le", 10, 3)]
    [InlineData("p010le", 10, 3)]
    [InlineData("yuv422p10le", 10, 4)]
    [InlineData("yuv444p", 8, 3)]
    [InlineData("gbrp12le", 12, 8)]
    [InlineData("something", null, 8)]
    public void Picture_takes_what_its_format_says_and_the_most_where_it_does_not(string format, int? bits, double bytesPerPixel) =>
        Assert.Equal((64 * Mebibyte) + (long)(22 * 1_000_000 * bytesPerPixel), MediaMemory.OfDecoder(Video(1000, 1000, format, bits), 1));

    private static VideoTrack Video(int width, int height, string format, int? bits) => new()
    {
        Index = 0,
        Codec = "h264",
        CodedWidth = width,
        CodedHeight = height,
        Width = width,
        Height = height,
        RotationDegrees = 0,
        SampleAspectRatio = new Rational(1, 1),
        PixelFormat = format,
        BitDepth = bits,
        Interlaced = false,
    };
}
