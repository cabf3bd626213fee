using Curation.Clips.Streaming;
using Curation.Media.Analysis;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Analysis;

public sealed class AnalysisStreamTests(MediaFolder media)
{
    private const string Sine = "-f lavfi -i sine=f=440:sample_rate=44100:d=2";

    [Fact]
    public async Task Every_picture_and_sample_arrives_once_with_its_time()
    {
        var path = await media.MakeAsync("ntsc.mp4", $"-f lavfi -i testsrc2=s=640x360:r=30000/1001:d=2.002 {Sine} -c:v libx264 -c:a aac");
        var (sink, summary) = await RunAsync(path);

        Assert.Equal(60, summary.Pictures);
        Assert.Equal((320, 180), (summary.Width, summary.Height));
        for (var i = 0; i < 60; i++) Assert.Equal(i * 1001 / 30000.0, sink.Times[i].TotalSeconds, 6);

        Assert.Equal(1, sink.Channels);
        Assert.Equal(TimeSpan.Zero, summary.FirstSound);
        Assert.InRange(summary.SoundEnd.TotalSeconds, 1.98, 2.05);
        Assert.Equal(summary.Samples, sink.Mono.Count);
        Assert.Null(summary.EndedEarly);
        Assert.Equal(0, summary.DecodeErrors);

        // A sine of 440 Hz crosses zero upwards 440 times a second.
        var crossings = 0;
        for (var i = 24001; i < 72001; i++) if (sink.Mono[i - 1] < 0 && sink.Mono[i] >= 0) crossings++;
        Assert.InRange(crossings, 439, 441);
    }

    [Fact]
    public async Task Sound_runs_join_without_a_seam()
    {
        var path = await media.MakeAsync("ntsc.mp4", $"-f lavfi -i testsrc2=s=640x360:r=30000/1001:d=2.002 {Sine} -c:v libx264 -c:a aac");
        var (sink, _) = await RunAsync(path);

        var at = 0L;
        for (var i = 0; i < sink.SoundTimes.Count; i++)
        {
            Assert.Equal(at / 48000.0, sink.SoundTimes[i].TotalSeconds, 6);
            at += sink.SoundLengths[i];
        }

        Assert.All(sink.SoundLengths.SkipLast(1), l => Assert.InRange(l, 4800, 48000));
    }

    [Fact]
    public async Task Variable_rate_keeps_each_pictures_own_time()
    {
        // Frame n of 50 stands at n^2 milliseconds.
        var path = await media.MakeAsync("vfr.mkv", $"-f lavfi -i testsrc2=s=320x240:r=25:d=2 {Sine} -vf settb=1/1000,setpts=N*N -fps_mode passthrough -enc_time_base 1/1000 -c:v libx264 -c:a flac");
        var (sink, _) = await RunAsync(path);

        Assert.Equal(50, sink.Times.Count);
        for (var n = 1; n < 50; n++) Assert.Equal(n * n / 1000.0, sink.Times[n].TotalSeconds, 6);
    }

    [Fact]
    public async Task Streams_that_start_apart_keep_their_starts()
    {
        var path = await media.MakeAsync("starts.ts", $"-itsoffset 0.6 -f lavfi -i testsrc2=s=320x240:r=25:d=1 {Sine} -output_ts_offset 100 -muxdelay 0 -muxpreload 0 -c:v libx264 -bf 0 -c:a mp2");
        var (_, summary) = await RunAsync(path);

        Assert.Equal(100.6, summary.FirstPicture.TotalSeconds, 3);

        // MPEG audio layer 2 starts 481 samples early (its encoder's delay, as ffmpeg states it): the muxer writes that time.
        Assert.InRange(summary.FirstSound.TotalSeconds, 99.98, 100.001);
    }

    [Fact]
    public async Task Gap_in_the_sound_becomes_silence_of_its_length()
    {
        // 0.5 s of tone, 1 s of nothing, 0.5 s of tone.
        var path = await media.MakeAsync("gap.mkv", "-f lavfi -i testsrc2=s=320x240:r=25:d=2 -f lavfi -i sine=f=440:sample_rate=48000:d=1 -af asetnsamples=480,asetpts=PTS+gte(N\\,24000)*48000 -c:v libx264 -c:a pcm_s16le");
        var (sink, summary) = await RunAsync(path);

        Assert.Equal(1.0, summary.FilledSilence.TotalSeconds, 2);
        Assert.InRange(summary.SoundEnd.TotalSeconds, 1.99, 2.01);
        Assert.Equal([0, 1.5], sink.Onsets().Select(o => Math.Round(o, 1)));
    }

    [Theory]
    [InlineData("mono", 1, 1)]
    [InlineData("stereo", 2, 2)]
    [InlineData("5.1", 6, 2)]
    public async Task Channels_are_one_or_two(string layout, int stored, int heard)
    {
        var path = await media.MakeAsync($"ch{stored}.mkv", $"-f lavfi -i testsrc2=s=64x64:r=25:d=0.4 -f lavfi -i sine=d=0.4,volume=18dB,aformat=channel_layouts={layout} -c:v libx264 -c:a flac");
        var (sink, _) = await RunAsync(path);

        Assert.Equal(heard, sink.Channels);
        Assert.All(sink.Mono, s => Assert.InRange(s, -1.0001f, 1.0001f));
    }

    [Fact]
    public async Task Colour_is_limited_range_bt709()
    {
        // BT.709 limited: red (255, 0, 0) has Y = 16 + 219 * 0.2126 = 62.6.
        var red = await media.MakeAsync("red.mkv", $"-f lavfi -i color=red:s=320x240:r=25:d=0.4,format=gbrp {Sine} -c:v ffv1 -c:a flac");
        var sd = await media.MakeAsync("red601.mkv", $"-f lavfi -i color=red:s=320x240:r=25:d=0.4,format=gbrp {Sine} -vf scale=out_color_matrix=smpte170m,format=yuv444p -c:v ffv1 -c:a flac");
        var full = await media.MakeAsync("white.mkv", $"-f lavfi -i color=white:s=320x240:r=25:d=0.4 {Sine} -c:v mjpeg -c:a flac");

        Assert.Equal(62.6, (await RunAsync(red)).Sink.Luma[3], 0.8);
        Assert.Equal(62.6, (await RunAsync(sd)).Sink.Luma[3], 0.8);
        Assert.Equal(235, (await RunAsync(full)).Sink.Luma[3], 1.0);
    }

    [Fact]
    public async Task Rotated_picture_stands_upright()
    {
        // White in the left half; turned clockwise by 90 degrees it is white in the upper half.
        var flat = await media.MakeAsync("half.mp4", $"-f lavfi -i color=black:s=160x96:r=25:d=0.4,drawbox=0:0:80:96:white:fill {Sine} -c:v libx264 -c:a aac");
        // ffmpeg 5 takes the tag as counter-clockwise degrees.
        var turned = media.PathOf("half90.mp4");
        await Ffmpeg.MakeAsync("-i", flat, "-c", "copy", "-metadata:s:v:0", "rotate=270", turned);
        var (sink, summary) = await RunAsync(turned);

        Assert.Equal((96, 160), (summary.Width, summary.Height));
        Assert.True(sink.LastLuma![10 * 96] > 200 && sink.LastLuma![(10 * 96) + 95] > 200, "the upper half is white");
        Assert.True(sink.LastLuma![150 * 96] < 40 && sink.LastLuma![(150 * 96) + 95] < 40, "the lower half is black");
    }

    [Theory]
    [InlineData("odd.mkv", "testsrc2=s=640x480:r=25:d=0.4,format=yuv444p,scale=321:243,setsar=1", "-c:v ffv1", 320, 242)]
    [InlineData("tall.mkv", "testsrc2=s=90x1280:r=25:d=0.4", "-c:v libx264", 22, 320)]
    [InlineData("ten.mkv", "testsrc2=s=640x480:r=25:d=0.4", "-c:v ffv1 -pix_fmt yuv422p10le", 320, 240)]
    [InlineData("8k-short.mkv", "testsrc2=s=7680x4320:r=25:d=0.12", "-c:v mjpeg", 320, 180)]
    [InlineData("tiny.mkv", "testsrc2=s=64x48:r=25:d=0.2", "-c:v libx264", 64, 48)]
    public async Task Odd_shapes_become_even_and_small(string name, string picture, string codec, int width, int height)
    {
        var (_, summary) = await RunAsync(await media.MakeAsync(name, $"-f lavfi -i {picture} {Sine} {codec} -c:a flac"));

        Assert.Equal((width, height), (summary.Width, summary.Height));
        Assert.InRange(summary.Pictures, 3, 10);
    }

    [Fact]
    public async Task Interlaced_source_yields_one_picture_a_frame()
    {
        var path = await media.MakeAsync("interlaced2.ts", $"-f lavfi -i testsrc2=s=320x240:r=50:d=2 {Sine} -vf tinterlace=interleave_top,setfield=tff -c:v mpeg2video -flags +ildct+ilme -c:a mp2");
        var (sink, _) = await RunAsync(path);

        Assert.InRange(sink.Times.Count, 49, 51);
        Assert.All(sink.Times.Zip(sink.Times.Skip(1)), p => Assert.Equal(0.04, (p.Second - p.First).TotalSeconds, 4));
    }

    [Fact]
    public async Task Raw_stream_without_times_gets_increasing_ones()
    {
        // AVI stores no presentation times; with B-frames some are absent.
        var path = await media.MakeAsync("untimed.avi", $"-f lavfi -i testsrc2=s=320x240:r=25:d=2 {Sine} -c:v mpeg4 -bf 2 -c:a pcm_s16le");
        var (sink, _) = await RunAsync(path);

        Assert.Equal(50, sink.Times.Count);
        Assert.All(sink.Times.Zip(sink.Times.Skip(1)), p => Assert.True(p.Second > p.First));
    }

    [Fact]
    public async Task Truncated_source_keeps_what_came_and_says_why()
    {
        var whole = await media.MakeAsync("whole.mp4", "-f lavfi -i testsrc2=s=320x240:r=25:d=6 -f lavfi -i sine=d=6 -c:v libx264 -g 25 -c:a aac -movflags +faststart");
        var path = media.PathOf("truncated.mp4");
        var bytes = await File.ReadAllBytesAsync(whole, Parts.Cancel);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], Parts.Cancel);
        var (_, summary) = await RunAsync(path);

        Assert.InRange(summary.Pictures, 20, 140);
        Assert.NotNull(summary.EndedEarly);
        Assert.True(summary.DecodeErrors > 0);
        Assert.NotNull(summary.FirstDecodeError);
    }

    [Fact]
    public async Task Garbage_in_the_middle_is_counted_and_survived()
    {
        var whole = await media.MakeAsync("whole.mp4", "-f lavfi -i testsrc2=s=320x240:r=25:d=6 -f lavfi -i sine=d=6 -c:v libx264 -g 25 -c:a aac -movflags +faststart");
        var path = media.PathOf("garbage.mp4");
        var bytes = await File.ReadAllBytesAsync(whole, Parts.Cancel);
        new Random(7).NextBytes(bytes.AsSpan(bytes.Length / 2, 20_000));
        await File.WriteAllBytesAsync(path, bytes, Parts.Cancel);
        var (sink, summary) = await RunAsync(path);

        Assert.InRange(summary.Pictures, 100, 150);
        Assert.True(summary.DecodeErrors > 0);
        Assert.All(sink.Times.Zip(sink.Times.Skip(1)), p => Assert.True(p.Second > p.First));
    }

    [Fact]
    public async Task Long_sound_beside_a_short_picture_does_not_block()
    {
        var path = await media.MakeAsync("long-sound.mkv", "-f lavfi -i testsrc2=s=320x240:r=25:d=1 -f lavfi -i sine=d=120 -c:v libx264 -c:a flac");
        var (sink, summary) = await RunAsync(path);

        Assert.Equal(25, summary.Pictures);
        Assert.Equal(120, summary.SoundEnd.TotalSeconds, 1);
        Assert.Equal(120 * 48000, sink.Mono.Count, 4800.0);
    }

    [Fact]
    public async Task Source_without_a_decodable_sample_fails_with_no_sound()
    {
        var plain = await media.MakeAsync("ntsc.mp4", $"-f lavfi -i testsrc2=s=640x360:r=30000/1001:d=2.002 {Sine} -c:v libx264 -c:a aac");
        var info = await Parts.ProbeAsync(plain);
        var onlyPicture = await media.MakeAsync("mute2.mp4", "-f lavfi -i testsrc2=s=64x64:r=25:d=1 -f lavfi -i testsrc2=s=64x64:r=25:d=1 -map 0 -map 1 -c:v libx264");

        var error = await Assert.ThrowsAsync<MediaException>(() => Parts.Analysis.RunAsync(info with { Path = onlyPicture }, new RecordingSink(), new AnalysisOptions(), Parts.Cancel));
        Assert.Equal("analyse", error.Stage);
    }

    [Fact]
    public async Task Failing_sink_ends_the_decoder_and_its_own_exception_arrives()
    {
        var path = await media.MakeAsync("long-sound.mkv", "-f lavfi -i testsrc2=s=320x240:r=25:d=1 -f lavfi -i sine=d=120 -c:v libx264 -c:a flac");
        var info = await Parts.ProbeAsync(path);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Parts.Analysis.RunAsync(info, new FailingSink(), new AnalysisOptions(), Parts.Cancel));
    }

    private static async Task<(RecordingSink Sink, AnalysisSummary Summary)> RunAsync(string path)
    {
        var sink = new RecordingSink();
        var summary = await Parts.Analysis.RunAsync(await Parts.ProbeAsync(path), sink, new AnalysisOptions(), Parts.Cancel);
        return (sink, summary);
    }

    private sealed class FailingSink : IAnalysisSink
    {
        public void OnPicture(in PictureView picture) => throw new InvalidTimeZoneException();

        public void OnSound(in SoundView sound)
        {
        }
    }
}
