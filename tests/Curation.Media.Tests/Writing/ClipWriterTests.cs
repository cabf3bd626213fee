using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Curation.Media.Tests.Support;
using Curation.Media.Writing;

namespace Curation.Media.Tests.Writing;

public sealed class ClipWriterTests(MediaFolder media)
{
    private static readonly ClipWriter Writer = new(Parts.Tools, TimeProvider.System);

    [Fact]
    public async Task Written_pictures_and_sound_read_back_as_they_were()
    {
        var path = media.PathOf("writer-both.mp4");

        await Writer.WriteAsync(path, Pictures(16), Tone(2, 44100), new WriteOptions { LosslessSound = true, Quality = 1 }, Parts.Cancel);

        var source = await Parts.ProbeAsync(path);
        Assert.Equal((64, 48), (source.Video.Width, source.Video.Height));
        Assert.Equal(new Rational(8, 1), source.Video.AverageRate);
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var pictures = await Parts.Reader.ReadAllPicturesAsync(source, span, new PictureRequest { Rate = new Rational(8, 1), Fit = PictureFit.Native }, null, Parts.Cancel);
        for (var i = 0; i < 16; i++)
        {
            var middle = pictures.Picture(i)[((24 * 64) + 32)..][..3].ToArray();
            foreach (var value in middle) Assert.InRange(value, (10 * i) - 3, (10 * i) + 3);
        }

        var sound = await Parts.Reader.ReadSoundAsync(source, span, new SoundRequest { Rate = 44100, Channels = 2 }, null, Parts.Cancel);
        Assert.Equal(0, sound.PaddedBefore + sound.PaddedAfter);
        Assert.All(sound.Samples.Zip(Tone(2, 44100).Samples), pair => Assert.Equal(pair.Second, pair.First, 1.01f / 32768));
    }

    [Fact]
    public async Task Colours_are_those_that_were_given()
    {
        var path = media.PathOf("writer-red.mp4");
        var red = Pictures(2) with { Rgb = [.. Enumerable.Repeat(new byte[] { 200, 30, 60 }, 2 * 64 * 48).SelectMany(rgb => rgb)] };

        await Writer.WriteAsync(path, red, Tone(1, 44100), null, Parts.Cancel);

        // Decoded by the ffmpeg command line, which reads the matrix from the stream.
        var (_, rgb, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]);
        Assert.InRange(rgb[0], 196, 204);
        Assert.InRange(rgb[1], 26, 34);
        Assert.InRange(rgb[2], 56, 64);
    }

    [Fact]
    public async Task Aac_keeps_a_tone_and_its_start()
    {
        var path = media.PathOf("writer-aac.mp4");

        await Writer.WriteAsync(path, Pictures(8), Tone(1, 44100), null, Parts.Cancel);

        var (_, bytes, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-map", "0:a:0", "-f", "f32le", "-ac", "1", "-"]);
        var samples = MemoryMarshal.Cast<byte, float>(bytes.AsSpan())[..44100].ToArray();
        var given = Tone(1, 44100).Samples;
        var error = samples.Zip(given).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
        Assert.InRange(error / given.Sum(s => s * s), 0, 0.02);
    }

    [Fact]
    public async Task Pictures_alone_make_a_file_without_sound()
    {
        var path = media.PathOf("writer-pictures.mp4");

        await Writer.WriteAsync(path, Pictures(8), null, null, Parts.Cancel);

        Assert.Equal(["video"], await StreamsAsync(path));
    }

    [Fact]
    public async Task Sound_alone_makes_a_file_without_pictures()
    {
        var path = media.PathOf("writer-sound.mp4");

        await Writer.WriteAsync(path, null, Tone(1, 48000), null, Parts.Cancel);

        Assert.Equal(["audio"], await StreamsAsync(path));
    }

    [Fact]
    public async Task Cancelled_write_leaves_the_old_file_and_nothing_else()
    {
        var folder = Directory.CreateDirectory(media.PathOf("writer-cancel")).FullName;
        var path = Path.Combine(folder, "clip.mp4");
        await File.WriteAllTextAsync(path, "old", Parts.Cancel);
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Writer.WriteAsync(path, Pictures(8), null, null, cancel.Token));

        Assert.Equal([path], Directory.GetFiles(folder));
        Assert.Equal("old", await File.ReadAllTextAsync(path, Parts.Cancel));
    }

    [Fact]
    public async Task Preset_that_x264_does_not_know_leaves_nothing()
    {
        var folder = Directory.CreateDirectory(media.PathOf("writer-fails")).FullName;

        var error = await Assert.ThrowsAsync<MediaException>(() => Writer.WriteAsync(Path.Combine(folder, "clip.mp4"), Pictures(2), null, new WriteOptions { Preset = "warp" }, Parts.Cancel));

        Assert.Equal(MediaStage.Write, error.Stage);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused()
    {
        var path = media.PathOf("writer-refused.mp4");

        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(path, null, null, null, Parts.Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(path, Pictures(2) with { Width = 63 }, null, null, Parts.Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(path, Pictures(2) with { Count = 3 }, null, null, Parts.Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(path, null, Tone(1, 44100) with { Channels = 3 }, null, Parts.Cancel));
        Assert.False(File.Exists(path));
    }

    /// <summary>Picture i is grey of the level 10 i.</summary>
    private static ClipPictures Pictures(int count) => new()
    {
        Count = count,
        Width = 64,
        Height = 48,
        Rate = new Rational(8, 1),
        Rgb = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(10 * i), 64 * 48 * 3))],
    };

    /// <summary>Two seconds of stereo, 440 Hz left and 330 Hz right; or one second of mono, 440 Hz.</summary>
    private static ClipSound Tone(int channels, int rate) => new()
    {
        Samples = [.. Enumerable.Range(0, channels * channels * rate).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * (i % channels == 1 ? 330 : 440) * (i / channels) / rate))],
        Rate = rate,
        Channels = channels,
        PaddedBefore = 0,
        PaddedAfter = 0,
    };

    private static async Task<string[]> StreamsAsync(string path)
    {
        var (_, output, _) = await Ffmpeg.RunAsync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", path]);
        return System.Text.Encoding.ASCII.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
