using Curation.Clips;
using Curation.Media.Cutting;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Cutting;

public sealed class ClipCutterTests(MediaFolder media)
{
    // Frame n of the source has luma 16 + 2n, so a decoded clip tells which frames it holds.
    private const string Counting = "-f lavfi -i color=black:s=64x48:r=25:d=4,format=yuv420p,geq=lum='16+2*N':cb=128:cr=128";
    private const string Sine = "-f lavfi -i sine=f=440:sample_rate=48000:d=4";

    [Theory]
    [InlineData(10, 20)]
    [InlineData(0, 5)]
    [InlineData(51, 100)]
    [InlineData(99, 100)]
    public async Task Span_is_half_open_and_exact_to_the_frame(int first, int end)
    {
        var path = await media.MakeAsync("counting.mp4", $"{Counting} {Sine} -c:v libx264 -crf 1 -bf 3 -g 30 -c:a aac");
        var target = media.PathOf($"frames{first}.mp4");
        var cut = await Parts.Cutter.CutAsync(await Parts.ProbeAsync(path), Frames(first, end), target, new CutOptions { Quality = 1 }, Parts.Cancel);

        Assert.Equal(end - first, cut.Frames);
        Assert.Equal(TimeSpan.FromSeconds((end - first) / 25.0), cut.Duration);
        var levels = await LevelsAsync(target);
        Assert.Equal(end - first, levels.Count);
        for (var i = 0; i < levels.Count; i++) Assert.Equal(16 + (2 * (first + i)), levels[i], 1.0);

        var (_, sound, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", target, "-f", "s16le", "-"]);
        Assert.Equal((end - first) * 1920, sound.Length / 2);
        Assert.Equal(64, cut.Sha256.Length);
        Assert.Equal(new FileInfo(target).Length, cut.Bytes);
        Assert.Equal(await ContentDigest.Sha256Async(target, Parts.Cancel), cut.Sha256);
        Assert.Equal(TimeSpan.Zero, cut.ContainerSkew.Worst);
    }

    [Fact]
    public async Task Start_between_frames_begins_at_the_next_frame_with_its_sound()
    {
        var path = await media.MakeAsync("counting.mp4", $"{Counting} {Sine} -c:v libx264 -crf 1 -bf 3 -g 30 -c:a aac");
        var target = media.PathOf("between.mp4");
        var cut = await Parts.Cutter.CutAsync(await Parts.ProbeAsync(path), new(TimeSpan.FromSeconds(1.01), TimeSpan.FromSeconds(2)), target, new CutOptions { Quality = 1 }, Parts.Cancel);

        Assert.Equal(1.04, cut.Span.Start.TotalSeconds, 4);
        Assert.Equal(24, cut.Frames);
        Assert.Equal(16 + (2 * 26), (await LevelsAsync(target))[0], 1.0);
    }

    [Fact]
    public async Task Sound_that_starts_late_or_ends_early_is_padded_with_silence()
    {
        var path = await media.MakeAsync("short-sound.mkv", $"{Counting} -itsoffset 1 -f lavfi -i sine=f=440:sample_rate=48000:d=1 -c:v libx264 -c:a flac");
        var target = media.PathOf("padded.mp4");
        await Parts.Cutter.CutAsync(await Parts.ProbeAsync(path), Frames(13, 75), target, new CutOptions(), Parts.Cancel);
        var clip = await SamplesAsync(target);

        // The clip runs from 0.52 s to 3.0 s, the tone from 1 s to 2 s.
        Assert.Equal(62 * 1920, clip.Length);
        Assert.Equal(0.48 * 48000, Array.FindIndex(clip, s => Math.Abs((int)s) > 20), 48.0);
        Assert.Equal(1.48 * 48000, Array.FindLastIndex(clip, s => Math.Abs((int)s) > 20), 48.0);
    }

    [Fact]
    public async Task Span_without_any_sound_is_silent_to_its_end()
    {
        var path = await media.MakeAsync("short-sound.mkv", $"{Counting} -itsoffset 1 -f lavfi -i sine=f=440:sample_rate=48000:d=1 -c:v libx264 -c:a flac");
        foreach (var (first, end) in new[] { (0, 20), (70, 95) })
        {
            var target = media.PathOf($"silent{first}.mp4");
            await Parts.Cutter.CutAsync(await Parts.ProbeAsync(path), Frames(first, end), target, new CutOptions(), Parts.Cancel);
            var clip = await SamplesAsync(target);
            Assert.Equal((end - first) * 1920, clip.Length);
            Assert.All(clip, s => Assert.Equal(0, s));
        }
    }

    [Theory]
    [InlineData("cut-sar.mkv", "testsrc2=s=720x576:r=25:d=1,setsar=64/45", "-c:v libx264", 1024, 576)]
    [InlineData("cut-odd.mkv", "testsrc2=s=640x480:r=25:d=1,format=yuv444p,scale=321:243,setsar=1", "-c:v ffv1", 322, 244)]
    [InlineData("cut-deep.mkv", "testsrc2=s=320x240:r=25:d=1", "-c:v ffv1 -pix_fmt yuv420p10le", 320, 240)]
    [InlineData("cut-lace.ts", "testsrc2=s=320x240:r=50:d=1,tinterlace=interleave_top,setfield=tff", "-c:v mpeg2video -flags +ildct+ilme -b:v 4M", 320, 240)]
    public async Task Odd_shapes_become_square_even_eight_bit_pictures(string name, string picture, string codec, int width, int height)
    {
        var path = await media.MakeAsync(name, $"-f lavfi -i {picture} -f lavfi -i sine=d=1,aformat=channel_layouts=5.1 {codec} -c:a ac3 -strict -2");
        var info = await Parts.ProbeAsync(path);
        var start = info.Video.FirstTime!.Value;
        var target = media.PathOf("out-" + name + ".mp4");
        var cut = await Parts.Cutter.CutAsync(info, new(start, start + TimeSpan.FromSeconds(0.8)), target, new CutOptions(), Parts.Cancel);
        var written = await Parts.ProbeAsync(target);

        Assert.Equal((width, height), (cut.Width, cut.Height));
        Assert.Equal((0, "yuv420p", false), (written.Video.RotationDegrees, written.Video.PixelFormat, written.Video.Interlaced));
        Assert.Equal(20, cut.Frames);
        Assert.Equal((48000, 2, "flac"), (written.Audio.SampleRate, written.Audio.Channels, written.Audio.Codec));
    }

    [Fact]
    public async Task Rotated_source_is_written_upright()
    {
        var flat = await media.MakeAsync("cut-flat.mp4", "-f lavfi -i testsrc2=s=160x96:r=25:d=1 -f lavfi -i sine=d=1 -c:v libx264 -c:a aac");
        var turned = media.PathOf("cut-turned.mp4");
        await Ffmpeg.MakeAsync("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);
        var cut = await Parts.Cutter.CutAsync(await Parts.ProbeAsync(turned), Frames(0, 20), media.PathOf("upright.mp4"), new CutOptions(), Parts.Cancel);

        Assert.Equal((96, 160), (cut.Width, cut.Height));
        Assert.Equal(0, (await Parts.ProbeAsync(cut.Path)).Video.RotationDegrees);
    }

    [Fact]
    public async Task Failed_cut_leaves_nothing_behind()
    {
        var path = await media.MakeAsync("counting.mp4", $"{Counting} {Sine} -c:v libx264 -crf 1 -bf 3 -g 30 -c:a aac");
        var folder = Directory.CreateDirectory(media.PathOf("failed"));
        var error = await Assert.ThrowsAsync<MediaException>(async () => await Parts.Cutter.CutAsync(
            await Parts.ProbeAsync(path), new(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(101)), Path.Combine(folder.FullName, "x.mp4"), new CutOptions(), Parts.Cancel));

        Assert.Equal("cut", error.Stage);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Full_disk_is_a_failure_to_write()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "only a privileged user can mount a small disk");
        var disk = Directory.CreateDirectory(media.PathOf("small-disk")).FullName;
        var (code, _, _) = await Ffmpeg.RunAsync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
        Assert.SkipUnless(code == 0, "mounting is not permitted here");
        try
        {
            var path = await media.MakeAsync("noise.mkv", "-f lavfi -i nullsrc=s=320x240:r=25:d=2,geq=random(1)*255:128:128 -f lavfi -i anoisesrc=d=2 -c:v libx264 -c:a flac");
            var error = await Assert.ThrowsAsync<MediaException>(async () => await Parts.Cutter.CutAsync(await Parts.ProbeAsync(path), Frames(0, 50), Path.Combine(disk, "x.mp4"), new CutOptions(), Parts.Cancel));
            Assert.Equal("write", error.Stage);
            Assert.Contains("no space", error.Reason, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            await Ffmpeg.RunAsync("umount", [disk]);
        }
    }

    private static ClipSpan Frames(int first, int end) => new(TimeSpan.FromSeconds(first / 25.0), TimeSpan.FromSeconds(end / 25.0));

    private static async Task<List<double>> LevelsAsync(string path)
    {
        var (_, raw, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]);
        const int Luma = 64 * 48;
        const int Frame = Luma * 3 / 2;
        return [.. Enumerable.Range(0, raw.Length / Frame).Select(i => raw.Skip(i * Frame).Take(Luma).Average(b => (double)b))];
    }

    private static async Task<short[]> SamplesAsync(string path)
    {
        var (_, raw, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", path, "-f", "s16le", "-"]);
        var samples = new short[raw.Length / 2];
        Buffer.BlockCopy(raw, 0, samples, 0, raw.Length);
        return samples;
    }
}
