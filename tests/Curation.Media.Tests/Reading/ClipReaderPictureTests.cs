using Curation.Clips;
using Curation.Media.Reading;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Reading;

public sealed class ClipReaderPictureTests(MediaFolder media)
{
    // Frame n of the source has luma 16 + 2n, so a picture tells which frame it is: 255 / 219 of 2n in RGB.
    private const string Counting = "-f lavfi -i color=black:s=64x48:r=25:d=4,format=yuv420p,geq=lum='16+2*N':cb=128:cr=128";

    // Three thirds: red, green (of full brightness), blue.
    private const string Thirds = "-f lavfi -i color=red:s=32x32:r=25:d=1 -f lavfi -i color=lime:s=32x32:r=25:d=1 -f lavfi -i color=blue:s=32x32:r=25:d=1 -f lavfi -i sine=f=440:d=1 -filter_complex [0][1][2]hstack=inputs=3,format=yuv444p -map 3:a";

    private const string Sine = "-f lavfi -i sine=f=440:sample_rate=48000:d=4";

    [Fact]
    public async Task Pictures_at_the_sources_rate_are_its_frames()
    {
        var source = await CountingAsync();

        var pictures = await Parts.Reader.ReadAllPicturesAsync(source, Frames(10, 20), Request(25, 1), null, Parts.Cancel);

        Assert.Equal(10, pictures.Count);
        for (var i = 0; i < 10; i++) Assert.Equal(10 + i, FrameOf(pictures.Picture(i)));
    }

    [Fact]
    public async Task Half_the_rate_takes_every_second_frame()
    {
        var pictures = await Parts.Reader.ReadAllPicturesAsync(await CountingAsync(), Frames(50, 75), Request(25, 2), null, Parts.Cancel);

        // One second at 12.5 Hz rounds to 13. Each instant is on a frame; the last frame before the middle of the next interval may be one later.
        Assert.Equal(13, pictures.Count);
        for (var i = 0; i < 13; i++) Assert.InRange(FrameOf(pictures.Picture(i)), Math.Min(74, 50 + (2 * i)), 51 + (2 * i));
    }

    [Fact]
    public async Task Pictures_come_one_by_one_with_their_offsets()
    {
        var offsets = new List<double>();
        await foreach (var picture in Parts.Reader.ReadPicturesAsync(await CountingAsync(), Frames(0, 50), Request(4, 1), null, Parts.Cancel))
        {
            Assert.Equal(offsets.Count, picture.Index);
            offsets.Add(picture.Offset.TotalSeconds);
        }

        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75], offsets);
    }

    [Fact]
    public async Task Reader_that_stops_early_leaves_the_rest()
    {
        await foreach (var picture in Parts.Reader.ReadPicturesAsync(await CountingAsync(), Frames(0, 100), Request(25, 1), null, Parts.Cancel))
        {
            if (picture.Index == 3) break;
        }
    }

    [Fact]
    public async Task Track_that_ends_early_repeats_its_last_picture()
    {
        var pictures = await Parts.Reader.ReadAllPicturesAsync(await CountingAsync(), Frames(90, 110), Request(25, 1), null, Parts.Cancel);

        Assert.Equal(20, pictures.Count);
        for (var i = 0; i < 20; i++) Assert.Equal(Math.Min(99, 90 + i), FrameOf(pictures.Picture(i)));
    }

    [Fact]
    public async Task Stills_are_the_pictures_on_show_in_the_middle_of_equal_parts()
    {
        var stills = await Parts.Reader.ReadStillsAsync(await CountingAsync(), Frames(25, 75), 4, 4096, null, Parts.Cancel);

        // The parts of 1 s .. 3 s have their middles at 1.25, 1.75, 2.25 and 2.75 s: 31.25, 43.75, 56.25 and 68.75 frames of 40 ms.
        Assert.Equal([31, 43, 56, 68], stills.Select(still => FrameOf(still.Rgb)));
        Assert.Equal([0.25, 0.75, 1.25, 1.75], stills.Select(still => still.Offset.TotalSeconds));
        Assert.All(stills, still => Assert.Equal((64, 48), (still.Width, still.Height)));
    }

    [Fact]
    public async Task One_still_of_a_span_of_an_odd_length_is_its_middle()
    {
        var span = new ClipSpan(TimeSpan.FromSeconds(1), TimeSpan.FromTicks(10_000_000 + 13_333_333));

        var stills = await Parts.Reader.ReadStillsAsync(await CountingAsync(), span, 1, 16, null, Parts.Cancel);

        // 1.6667 s are 41.67 frames.
        Assert.Equal(41, FrameOf(Assert.Single(stills).Rgb));
        Assert.Equal(21, stills[0].Width);
        Assert.Equal(16, stills[0].Height);
    }

    [Theory]
    [InlineData(PictureScaler.Bicubic)]
    [InlineData(PictureScaler.PillowBicubic)]
    [InlineData(PictureScaler.Bilinear)]
    public async Task Colours_are_those_of_the_source(PictureScaler scaler)
    {
        var source = await Parts.ProbeAsync(await media.MakeAsync("read-thirds.mkv", $"{Thirds} -c:v ffv1 -c:a flac"));
        var request = new PictureRequest { Rate = new(1, 1), Fit = PictureFit.Squash, Width = 48, Height = 16, Scaler = scaler };

        var picture = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), request, null, Parts.Cancel);

        AssertNear([255, 0, 0], Pixel(picture, 4, 8));
        AssertNear([0, 255, 0], Pixel(picture, 24, 8));
        AssertNear([0, 0, 255], Pixel(picture, 44, 8));
    }

    [Fact]
    public async Task Centre_crop_keeps_the_middle_and_short_side_keeps_all()
    {
        var source = await Parts.ProbeAsync(await media.MakeAsync("read-thirds.mkv", $"{Thirds} -c:v ffv1 -c:a flac"));

        var crop = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), new PictureRequest { Rate = new(1, 1), Fit = PictureFit.CentreCrop, Width = 31, Height = 31 }, null, Parts.Cancel);
        var whole = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), new PictureRequest { Rate = new(1, 1), Fit = PictureFit.ShortSide, Width = 64, Height = 100 }, null, Parts.Cancel);
        var native = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), new PictureRequest { Rate = new(1, 1), Fit = PictureFit.Native }, null, Parts.Cancel);

        Assert.Equal((31, 31), (crop.Width, crop.Height));
        AssertNear([0, 255, 0], Pixel(crop, 4, 15));
        AssertNear([0, 255, 0], Pixel(crop, 26, 15));
        Assert.Equal((192, 64), (whole.Width, whole.Height));
        AssertNear([255, 0, 0], Pixel(whole, 10, 30));
        AssertNear([0, 0, 255], Pixel(whole, 180, 30));
        Assert.Equal((96, 32), (native.Width, native.Height));
        AssertNear([255, 0, 0], Pixel(native, 28, 16));
        AssertNear([0, 255, 0], Pixel(native, 36, 16));
    }

    [Fact]
    public async Task Pixels_that_are_not_square_are_made_so()
    {
        var source = await Parts.ProbeAsync(await media.MakeAsync("read-sar.mkv", $"-f lavfi -i testsrc2=s=720x576:r=25:d=1,setsar=64/45 {Sine} -t 1 -c:v libx264 -c:a flac"));

        var picture = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), new PictureRequest { Rate = new(1, 1), Fit = PictureFit.Native }, null, Parts.Cancel);

        Assert.Equal((1024, 576), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Picture_stored_on_its_side_stands_upright()
    {
        // Stored: red on the left. Turned clockwise by a quarter, left becomes top.
        await media.MakeAsync("read-side.mp4", $"{Thirds} -pix_fmt yuv420p -c:v libx264 -crf 5 -c:a aac");
        var path = await media.MakeAsync("read-upright.mp4", $"-i {media.PathOf("read-side.mp4")} -c copy -metadata:s:v rotate=270");
        var source = await Parts.ProbeAsync(path);

        var picture = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), new PictureRequest { Rate = new(1, 1), Fit = PictureFit.Native }, null, Parts.Cancel);

        Assert.Equal((32, 96), (picture.Width, picture.Height));
        Assert.Equal(90, source.Video.RotationDegrees);
        AssertNear([255, 0, 0], Pixel(picture, 16, 8), 30);
        AssertNear([0, 0, 255], Pixel(picture, 16, 88), 30);
    }

    [Fact]
    public async Task More_bytes_than_allowed_are_refused_before_anything_is_decoded()
    {
        var source = await CountingAsync();
        var request = new PictureRequest { Rate = new(25, 1), Fit = PictureFit.Squash, Width = 100, Height = 100 };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), request, new ReadOptions { LargestBytes = 749_999 }, Parts.Cancel));
        var whole = await Parts.Reader.ReadAllPicturesAsync(source, Frames(0, 25), request, new ReadOptions { LargestBytes = 750_000 }, Parts.Cancel);

        Assert.Contains("takes 750000 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(750_000, whole.Rgb.Length);
    }

    [Fact]
    public async Task Span_behind_the_source_has_no_picture()
    {
        var failure = await Assert.ThrowsAsync<MediaException>(async () => await Parts.Reader.ReadAllPicturesAsync(await CountingAsync(), Frames(500, 510), Request(25, 1), null, Parts.Cancel));

        Assert.Contains("0 of 10 pictures", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_reading_ends()
    {
        var source = await CountingAsync();
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var picture in Parts.Reader.ReadPicturesAsync(source, Frames(0, 100), Request(25, 1), null, cancel.Token))
            {
                if (picture.Index == 2) await cancel.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task Wrong_requests_are_argument_errors()
    {
        var source = await CountingAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Parts.Reader.ReadSoundAsync(source, Frames(5, 5), new SoundRequest(), null, Parts.Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Parts.Reader.ReadSoundAsync(source, Frames(0, 5), new SoundRequest { Channels = 3 }, null, Parts.Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Parts.Reader.ReadStillsAsync(source, Frames(0, 5), 0, 100, null, Parts.Cancel));
        Assert.Throws<ArgumentOutOfRangeException>(() => Parts.Reader.ReadPicturesAsync(source, Frames(0, 5), new PictureRequest { Rate = new(0, 1) }, null, Parts.Cancel));
    }

    private static ClipSpan Frames(int first, int end) => new(TimeSpan.FromSeconds(first / 25.0), TimeSpan.FromSeconds(end / 25.0));

    private static PictureRequest Request(long numerator, long denominator) => new() { Rate = new(numerator, denominator), Fit = PictureFit.Squash, Width = 16, Height = 12 };

    private static int FrameOf(ReadOnlySpan<byte> rgb)
    {
        Assert.InRange(rgb[0] - rgb[1], -1, 1);
        return (int)Math.Round(rgb[0] * 219.0 / 255 / 2);
    }

    private static ReadOnlySpan<byte> Pixel(ClipPictures pictures, int x, int y) => pictures.Picture(0).Slice(((y * pictures.Width) + x) * 3, 3);

    private static void AssertNear(byte[] expected, ReadOnlySpan<byte> actual, int tolerance = 3)
    {
        for (var i = 0; i < 3; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }

    private async Task<Curation.Media.Probing.SourceInfo> CountingAsync() =>
        await Parts.ProbeAsync(await media.MakeAsync("read-counting.mp4", $"{Counting} {Sine} -c:v libx264 -crf 1 -bf 3 -g 30 -c:a aac"));
}
