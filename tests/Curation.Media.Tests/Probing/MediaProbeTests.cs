using Curation.Media.Probing;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Probing;

public sealed class MediaProbeTests(MediaFolder media)
{
    private const string Sine = "-f lavfi -i sine=f=440:sample_rate=44100:d=1";

    [Fact]
    public async Task Plain_mp4_is_described()
    {
        var path = await media.MakeAsync("plain.mp4", $"-f lavfi -i testsrc2=s=640x360:r=30000/1001:d=1.001 {Sine} -c:v libx264 -c:a aac");
        var info = await Parts.ProbeAsync(path);

        Assert.Equal((640, 360), (info.Video.Width, info.Video.Height));
        Assert.Equal(new Rational(30000, 1001), info.Video.NominalRate);
        Assert.Equal(8, info.Video.BitDepth);
        Assert.False(info.Video.Interlaced);
        Assert.Equal((44100, 1), (info.Audio.SampleRate, info.Audio.Channels));
        Assert.Equal(TimeSpan.Zero, info.Video.FirstTime);
        Assert.Equal("h264", info.Video.Codec);
        Assert.Equal((1, 1), (info.VideoStreams, info.AudioStreams));
        Assert.NotNull(info.Video.TimeBase);
    }

    [Theory]
    [InlineData(90, 270, 90)]
    [InlineData(180, 180, 160)]
    [InlineData(270, 90, 90)]
    public async Task Rotation_is_clockwise_and_applied_to_the_size(int counterClockwise, int clockwise, int width)
    {
        var flat = await media.MakeAsync("flat.mp4", $"-f lavfi -i testsrc2=s=160x90:r=25:d=1 {Sine} -c:v libx264 -c:a aac");
        var turned = media.PathOf($"turned{counterClockwise}.mp4");

        // ffmpeg 5 takes the tag as counter-clockwise degrees and writes it as a display matrix.
        await Ffmpeg.MakeAsync("-i", flat, "-c", "copy", "-metadata:s:v:0", $"rotate={counterClockwise}", turned);
        var info = await Parts.ProbeAsync(turned);

        Assert.Equal(clockwise, info.Video.RotationDegrees);
        Assert.Equal(width, info.Video.Width);
        Assert.Equal((160, 90), (info.Video.CodedWidth, info.Video.CodedHeight));
    }

    [Fact]
    public async Task Anamorphic_picture_is_stretched()
    {
        // 720 x 576 at 64:45 is shown 1024 wide: 16:9.
        var path = await media.MakeAsync("sar.mp4", $"-f lavfi -i testsrc2=s=720x576:r=25:d=0.4,setsar=64/45 {Sine} -c:v libx264 -c:a aac");
        var info = await Parts.ProbeAsync(path);

        Assert.Equal((1024, 576), (info.Video.Width, info.Video.Height));
    }

    [Fact]
    public async Task Interlaced_ten_bit_and_delayed_sound_are_seen()
    {
        var interlaced = await Parts.ProbeAsync(await media.MakeAsync("interlaced.ts", $"-f lavfi -i testsrc2=s=320x240:r=50:d=1 {Sine} -vf tinterlace=interleave_top,setfield=tff -c:v mpeg2video -flags +ildct+ilme -c:a mp2"));
        var deep = await Parts.ProbeAsync(await media.MakeAsync("deep.mkv", $"-f lavfi -i testsrc2=s=320x240:r=25:d=1 {Sine} -c:v ffv1 -pix_fmt yuv420p10le -c:a flac"));
        var late = await Parts.ProbeAsync(await media.MakeAsync("late-sound.mkv", $"-f lavfi -i testsrc2=s=320x240:r=25:d=2 -itsoffset 0.5 {Sine} -c:v libx264 -c:a pcm_s16le"));

        Assert.True(interlaced.Video.Interlaced);
        Assert.Equal(10, deep.Video.BitDepth);
        Assert.Equal(0.5, late.Audio.FirstTime!.Value.TotalSeconds, 3);
    }

    [Fact]
    public async Task Default_sound_stream_is_chosen_among_many()
    {
        var path = await media.MakeAsync("many.mkv", "-f lavfi -i testsrc2=s=320x240:r=25:d=1 -f lavfi -i sine=d=1 -f lavfi -i anoisesrc=d=1:c=pink -map 0 -map 1 -map 2 -disposition:a:0 0 -disposition:a:1 default -c:v libx264 -c:a flac -ac:a:1 2");
        var info = await Parts.ProbeAsync(path);

        Assert.Equal(2, info.Audio.Index);
        Assert.Equal(2, info.AudioStreams);
    }

    [Fact]
    public async Task Cover_art_is_no_picture()
    {
        var cover = await media.MakeAsync("cover.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");
        var path = media.PathOf("cover.mp4");
        await Ffmpeg.MakeAsync("-f", "lavfi", "-i", "sine=d=1", "-i", cover, "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "png", "-disposition:v:0", "attached_pic", path);

        await FailsAsync(path, "probe", "cover art");
    }

    [Fact]
    public async Task Silent_and_pictureless_sources_say_so()
    {
        await FailsAsync(await media.MakeAsync("mute.mp4", "-f lavfi -i testsrc2=s=64x64:r=25:d=1 -c:v libx264"), "probe", "no sound: the file has no audio stream");
        await FailsAsync(await media.MakeAsync("blind.wav", "-f lavfi -i sine=d=1"), "probe", "no picture: the file has sound but no video stream");
    }

    [Fact]
    public async Task One_pixel_is_refused_by_its_size()
    {
        var path = await media.MakeAsync("dot.mkv", $"-f lavfi -i color=s=2x2:r=25:d=1,format=gray,crop=1:1 {Sine} -c:v ffv1 -c:a flac");

        await FailsAsync(path, "probe", "1 x 1 pixels");
    }

    [Fact]
    public async Task Eight_k_passes_and_more_than_the_limit_does_not()
    {
        var large = await media.MakeAsync("8k.mkv", $"-f lavfi -i color=s=7680x4320:r=25:d=0.08 {Sine} -c:v mjpeg -c:a flac");
        var huge = await media.MakeAsync("huge.mkv", $"-f lavfi -i color=s=8208x8208:r=25:d=0.04 {Sine} -c:v mjpeg -c:a flac");

        Assert.Equal(7680, (await Parts.ProbeAsync(large)).Video.Width);
        await FailsAsync(huge, "probe", "8192 x 8192");
    }

    [Fact]
    public async Task Missing_empty_folder_text_and_broken_files_say_what_they_are()
    {
        var empty = media.PathOf("empty.mp4");
        await File.WriteAllBytesAsync(empty, [], Parts.Cancel);
        var text = media.PathOf("text.mp4");
        await File.WriteAllTextAsync(text, string.Concat(Enumerable.Repeat("This is not a film.\n", 500)), Parts.Cancel);
        var plain = await media.MakeAsync("for-cutting-off.mp4", $"-f lavfi -i testsrc2=s=320x240:r=25:d=2 {Sine} -c:v libx264 -c:a aac");
        var headless = media.PathOf("no-moov.mp4");
        var bytes = await File.ReadAllBytesAsync(plain, Parts.Cancel);
        await File.WriteAllBytesAsync(headless, bytes[..(bytes.Length / 2)], Parts.Cancel);

        await FailsAsync(media.PathOf("absent.mp4"), "open", "does not exist");
        await FailsAsync(media.Root, "open", "folder");
        await FailsAsync(empty, "open", "0 bytes");
        await FailsAsync("/dev/zero", "open", "no regular file");
        await FailsAsync(text, "probe", "not media");
        await FailsAsync(headless, "probe", "moov");
    }

    [Fact]
    public async Task Unreadable_file_is_a_permission_error()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "a privileged user may read every file");
        var path = media.PathOf("locked.mp4");
        await File.WriteAllTextAsync(path, "x", Parts.Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);

        await FailsAsync(path, "open", "permission denied");
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1.0,\nplain2.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile 'plain2.ts'\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>plain2.ts</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    public async Task Playlist_under_a_films_name_is_refused(string content)
    {
        await media.MakeAsync("plain2.ts", $"-f lavfi -i testsrc2=s=320x240:r=25:d=1 {Sine} -c:v libx264 -c:a aac");
        var path = media.PathOf("playlist.mp4");
        await File.WriteAllTextAsync(path, content, Parts.Cancel);

        var error = await Assert.ThrowsAsync<MediaException>(() => Parts.ProbeAsync(path));
        Assert.Equal("probe", error.Stage);
    }

    [Theory]
    [InlineData("-dash.mp4")]
    [InlineData("line\nbreak %d %03d.mp4")]
    [InlineData("ünïcødé 映画 🎬.mp4")]
    [InlineData("http:colon|pipe'quote\"[x],;=.mp4")]
    public async Task Odd_names_are_only_names(string name)
    {
        var plain = await media.MakeAsync("named.mp4", $"-f lavfi -i testsrc2=s=64x64:r=25:d=1 {Sine} -c:v libx264 -c:a aac");
        var path = media.PathOf(name);
        File.Copy(plain, path, overwrite: true);

        Assert.Equal(64, (await Parts.ProbeAsync(path)).Video.Width);
    }

    private static async Task FailsAsync(string path, string stage, string reason)
    {
        var error = await Assert.ThrowsAsync<MediaException>(() => Parts.ProbeAsync(path));
        Assert.Equal(stage, error.Stage);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }
}
