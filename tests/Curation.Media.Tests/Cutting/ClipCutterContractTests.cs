using Curation.Clips;
using Curation.Media.Cutting;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Cutting;

/// <summary>
/// The contract of a clip. Frame 25k of the source is white and a beep of 50 ms begins at its time: the offset is 0 by construction, or
/// 100 ms where the source was made so. The clip must keep it within 1 ms whether or not its reader honours edit lists.
/// </summary>
public sealed class ClipCutterContractTests(MediaFolder media)
{
    private const string Beep = "-f lavfi -i aevalsrc='0.8*lt(mod(t\\,1)\\,0.05)*lt(0.5\\,t)*cos(2*PI*1000*t)':s=48000:d=8";
    private const string Flash = "-f lavfi -i color=black:s=160x96:r=25:d=8,format=yuv420p,drawbox=c=white:t=fill:enable='not(mod(n\\,25))'";
    private const double Millisecond = 0.001;

    [Fact]
    public async Task B_frames_and_aac_in_mp4()
    {
        // AAC smears a click's start by its own window; the source as decoded is the reference.
        await HoldsAsync("fb.mp4", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 50 -c:a aac -b:a 256k", new(25, 1));
    }

    [Fact]
    public async Task B_frames_and_pcm_in_mov()
    {
        await HoldsAsync("fb.mov", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 250 -c:a pcm_s16le", new(25, 1));
    }

    [Fact]
    public async Task Variable_rate_mkv()
    {
        // Every third frame is missing except the white ones: the times stay on the 25 Hz grid.
        await HoldsAsync("fb-vfr.mkv", $"{Flash} {Beep} -vf select='not(eq(mod(n\\,3)\\,1))+eq(mod(n\\,25)\\,0)' -fps_mode passthrough -c:v libx264 -bf 2 -c:a flac", new(25, 1));
    }

    [Fact]
    public async Task Sound_delayed_in_the_container()
    {
        await HoldsAsync("fb-late.mkv", $"{Flash} -itsoffset 0.1 {Beep} -c:v libx264 -bf 2 -c:a flac", new(25, 1), offset: 0.1);
    }

    [Fact]
    public async Task Picture_delayed_in_the_container()
    {
        await HoldsAsync("fb-early.mkv", $"-itsoffset 0.12 {Flash} {Beep} -c:v libx264 -bf 2 -c:a flac", new(25, 1), offset: -0.12, start: 2.12);
    }

    [Fact]
    public async Task Transport_stream_far_from_zero()
    {
        await HoldsAsync("fb.ts", $"{Flash} {Beep} -output_ts_offset 5000 -c:v libx264 -bf 2 -g 50 -c:a mp2 -b:a 384k", new(25, 1), start: null);
    }

    [Fact]
    public async Task Ntsc_rate_is_kept_exactly()
    {
        var flash = "-f lavfi -i color=black:s=160x96:r=30000/1001:d=8,format=yuv420p,drawbox=c=white:t=fill:enable='not(mod(n\\,30))'";
        var beep = "-f lavfi -i aevalsrc='0.8*lt(mod(t\\,1.001)\\,0.05)*lt(0.5\\,t)*cos(2*PI*1000*t)':s=48000:d=8";
        await HoldsAsync("fb-ntsc.mp4", $"{flash} {beep} -c:v libx264 -bf 2 -c:a flac -strict -2", new(30000, 1001), start: 61 * 1.001 / 30);
    }

    [Fact]
    public async Task Sound_shift_moves_the_sound_by_exactly_that()
    {
        var source = await media.MakeAsync("fb-late.mkv", $"{Flash} -itsoffset 0.1 {Beep} -c:v libx264 -bf 2 -c:a flac");
        var target = media.PathOf("shifted.mp4");
        await Parts.Cutter.CutAsync(await Parts.ProbeAsync(source), Span(2.0, 3), target, new CutOptions { SoundShift = TimeSpan.FromMilliseconds(-100) }, Parts.Cancel);

        var clip = await RawClip.DecodeAsync(target);
        Assert.Equal(2, clip.Flashes.Count);
        Assert.All(clip.Offsets(), o => Assert.Equal(0, o, Millisecond));
    }

    private static ClipSpan Span(double start, double seconds) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(start + seconds));

    private async Task HoldsAsync(string name, string command, Curation.Media.Probing.Rational rate, double offset = 0, double? start = 2.0)
    {
        var path = await media.MakeAsync(name, command);
        var info = await Parts.ProbeAsync(path);
        var source = await RawClip.DecodeAsync(path);
        Assert.All(source.Offsets().Skip(1).SkipLast(1), o => Assert.Equal(offset, o, 0.003));
        var begin = start ?? source.FirstPicture + 2.0;
        var target = media.PathOf("cut-" + Path.GetFileNameWithoutExtension(name) + Path.GetExtension(name).TrimStart('.') + ".mp4");
        var cut = await Parts.Cutter.CutAsync(info, Span(begin, 3.003), target, new CutOptions(), Parts.Cancel);

        Assert.Equal(rate, cut.FrameRate);
        Assert.True(cut.ContainerSkew.Worst.TotalSeconds <= Millisecond, $"skew {cut.ContainerSkew}");
        Assert.True(cut.LargestTimingError.TotalSeconds <= Millisecond);
        var reference = Middle(source.Offsets());
        foreach (var editLists in new[] { true, false })
        {
            var clip = await RawClip.DecodeAsync(target, editLists);
            Assert.Equal(cut.Frames, clip.Frames);
            Assert.Equal(0, clip.FirstPicture, 6);
            Assert.Equal(0, clip.FirstSound, 6);
            Assert.InRange(clip.Flashes.Count, 2, 4);
            var offsets = clip.Offsets().Where(o => Math.Abs(o) < 0.4).ToArray();
            Assert.InRange(offsets.Length, 2, 4);
            Assert.All(offsets, o => Assert.Equal(reference, o, Millisecond));

            // The absolute place: the flash of the source that is in the span is at its own time in the clip.
            var flash = source.Flashes.First(f => f > begin + 0.01);
            Assert.Contains(clip.Flashes, f => Math.Abs(f - (flash - begin)) <= Millisecond);
        }
    }

    private static double Middle(double[] values) => values.Order().ElementAt(values.Length / 2);
}
