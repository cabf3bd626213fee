using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Media.Cutting;
using Curation.Media.Reading;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Reading;

/// <summary>
/// Frame 25k of the source is white and a beep of 50 ms begins at its time. What a model is given must keep that, whatever the container.
/// </summary>
public sealed class ClipReaderTimingTests(MediaFolder media)
{
    private const string Beep = "-f lavfi -i aevalsrc='0.8*lt(mod(t\\,1)\\,0.05)*lt(0.5\\,t)*cos(2*PI*1000*t)':s=48000:d=8";
    private const string Flash = "-f lavfi -i color=black:s=160x96:r=25:d=8,format=yuv420p,drawbox=c=white:t=fill:enable='not(mod(n\\,25))'";
    private const double Millisecond = 0.001;

    [Theory]
    [InlineData("fb.mp4", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 50 -c:a aac -b:a 256k", 2.0)]
    [InlineData("fb.mov", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 250 -c:a pcm_s16le", 2.0)]
    [InlineData("fb-vfr.mkv", $"{Flash} {Beep} -vf select='not(eq(mod(n\\,3)\\,1))+eq(mod(n\\,25)\\,0)' -fps_mode passthrough -c:v libx264 -bf 2 -c:a flac", 2.0)]
    [InlineData("fb-late.mkv", $"{Flash} -itsoffset 0.1 {Beep} -c:v libx264 -bf 2 -c:a flac", 2.0)]
    [InlineData("fb-early.mkv", $"-itsoffset 0.12 {Flash} {Beep} -c:v libx264 -bf 2 -c:a flac", 2.12)]
    [InlineData("fb.ts", $"{Flash} {Beep} -output_ts_offset 5000 -c:v libx264 -bf 2 -g 50 -c:a mp2 -b:a 384k", null)]
    [InlineData("fb-441.mp4", $"{Flash} {Beep} -c:v libx264 -bf 2 -ar 44100 -c:a flac -strict -2", 3.0)]
    public async Task Flash_and_beep_keep_their_places(string name, string command, double? start)
    {
        var path = await media.MakeAsync(name, command);
        var info = await Parts.ProbeAsync(path);
        var source = await RawClip.DecodeAsync(path);
        var begin = start ?? source.FirstPicture + 2.0;
        var span = Span(begin, 3.0);

        var pictures = await Parts.Reader.ReadAllPicturesAsync(info, span, new PictureRequest { Rate = new(25, 1), Fit = PictureFit.Squash, Width = 16, Height = 16 }, null, Parts.Cancel);
        Assert.Equal(75, pictures.Count);
        var flashes = Flashes(pictures);
        var expectedFlashes = source.Flashes.Where(f => f > begin - 0.02 && f < begin + 2.98).Select(f => f - begin).ToArray();
        Assert.Equal(expectedFlashes.Length, flashes.Count);
        for (var i = 0; i < flashes.Count; i++) Assert.Equal(expectedFlashes[i], flashes[i], Millisecond);

        var expectedBeeps = source.Beeps.Where(b => b > begin + 0.05 && b < begin + 2.9).Select(b => b - begin).ToArray();
        Assert.NotEmpty(expectedBeeps);
        foreach (var rate in new[] { 16000, 48000 })
        {
            var sound = await Parts.Reader.ReadSoundAsync(info, span, new SoundRequest { Rate = rate }, null, Parts.Cancel);
            Assert.Equal(3 * rate, sound.Samples.Length);
            Assert.Equal(0, sound.PaddedBefore + sound.PaddedAfter);
            var beeps = Onsets(sound);
            foreach (var beep in expectedBeeps) Assert.Equal(beep, beeps.MinBy(b => Math.Abs(b - beep)), Millisecond);
        }
    }

    [Fact]
    public async Task Sound_is_the_sound_of_the_clip_that_the_cutter_writes()
    {
        var path = await media.MakeAsync("fb.mp4", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 50 -c:a aac -b:a 256k");
        var info = await Parts.ProbeAsync(path);
        var span = Span(2.0, 3.0);
        var target = media.PathOf("read-cut.mp4");
        await Parts.Cutter.CutAsync(info, span, target, new CutOptions { SoundBits = 24 }, Parts.Cancel);
        var (_, output, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", target, "-map", "0:a:0", "-f", "f32le", "-"]);
        var clip = MemoryMarshal.Cast<byte, float>(output).ToArray();

        var sound = await Parts.Reader.ReadSoundAsync(info, span, new SoundRequest { Rate = 48000 }, null, Parts.Cancel);

        Assert.Equal(clip.Length, sound.Samples.Length);
        Assert.Equal(0, clip.Zip(sound.Samples, (a, b) => Math.Abs(a - b)).Max(), 1e-6f);
    }

    [Fact]
    public async Task Sound_that_starts_late_or_ends_early_is_padded_and_counted()
    {
        // The tone sounds from 1 s to 2 s, the span runs from 0.52 s to 3 s.
        var path = await media.MakeAsync("read-short-sound.mkv", "-f lavfi -i color=black:s=64x48:r=25:d=4 -itsoffset 1 -f lavfi -i sine=f=440:sample_rate=48000:d=1 -c:v libx264 -c:a flac");
        var info = await Parts.ProbeAsync(path);

        var sound = await Parts.Reader.ReadSoundAsync(info, Span(0.52, 2.48), new SoundRequest(), null, Parts.Cancel);

        Assert.Equal(2.48 * 16000, sound.Length);
        Assert.Equal(0.48 * 16000, sound.PaddedBefore, 2.0);
        Assert.Equal(1.0 * 16000, sound.PaddedAfter, 2.0);
        Assert.All(sound.Samples.Take(sound.PaddedBefore), sample => Assert.Equal(0, sample));
        Assert.All(sound.Samples.TakeLast(sound.PaddedAfter), sample => Assert.Equal(0, sample));
        Assert.Contains(sound.Samples.Skip(sound.PaddedBefore).Take(20), sample => Math.Abs(sample) > 0.01);
    }

    [Fact]
    public async Task Span_without_sound_is_padding_from_end_to_end()
    {
        var path = await media.MakeAsync("read-short-sound.mkv", "-f lavfi -i color=black:s=64x48:r=25:d=4 -itsoffset 1 -f lavfi -i sine=f=440:sample_rate=48000:d=1 -c:v libx264 -c:a flac");
        var info = await Parts.ProbeAsync(path);

        foreach (var start in new[] { 0.0, 2.5 })
        {
            var sound = await Parts.Reader.ReadSoundAsync(info, Span(start, 0.8), new SoundRequest { Channels = 2 }, null, Parts.Cancel);
            Assert.Equal(12800, sound.Length);
            Assert.Equal(25600, sound.Samples.Length);
            Assert.Equal(12800, sound.PaddedBefore + sound.PaddedAfter);
            Assert.All(sound.Samples, sample => Assert.Equal(0, sample));
        }
    }

    [Fact]
    public async Task Length_is_the_duration_times_the_rate_rounded()
    {
        var path = await media.MakeAsync("fb.mov", $"{Flash} {Beep} -c:v libx264 -bf 3 -g 250 -c:a pcm_s16le");
        var span = new ClipSpan(TimeSpan.FromTicks(20_000_003), TimeSpan.FromTicks(20_000_003 + 10_003_333));

        var sound = await Parts.Reader.ReadSoundAsync(await Parts.ProbeAsync(path), span, new SoundRequest(), null, Parts.Cancel);

        // 1.0003333 s at 16 kHz are 16005.33 samples.
        Assert.Equal(16005, sound.Length);
    }

    [Fact]
    public async Task Left_and_right_stay_apart_and_their_mean_is_the_mono_sound()
    {
        // Left is 0.5, right is -0.25: the mean is 0.125.
        var path = await media.MakeAsync("read-stereo.mkv", "-f lavfi -i color=black:s=64x48:r=25:d=2 -f lavfi -i aevalsrc='0.5|-0.25':s=48000:d=2 -c:v libx264 -c:a pcm_f32le");
        var info = await Parts.ProbeAsync(path);

        var stereo = await Parts.Reader.ReadSoundAsync(info, Span(0.5, 1), new SoundRequest { Channels = 2, Rate = 48000 }, null, Parts.Cancel);
        var mono = await Parts.Reader.ReadSoundAsync(info, Span(0.5, 1), new SoundRequest { Rate = 48000 }, null, Parts.Cancel);

        Assert.Equal(0.5f, stereo.Samples[48000], 1e-6f);
        Assert.Equal(-0.25f, stereo.Samples[48001], 1e-6f);
        Assert.All(mono.Samples, sample => Assert.Equal(0.125f, sample, 1e-6f));
    }

    [Fact]
    public async Task Samples_that_are_no_numbers_are_silence()
    {
        var path = await media.MakeAsync("read-nan.mkv", "-f lavfi -i color=black:s=64x48:r=25:d=1 -f lavfi -i aevalsrc='if(eq(mod(n\\,100)\\,0)\\,0/0\\,0.25)':s=48000:d=1 -c:v libx264 -c:a pcm_f32le");

        var sound = await Parts.Reader.ReadSoundAsync(await Parts.ProbeAsync(path), Span(0, 1), new SoundRequest { Rate = 48000 }, null, Parts.Cancel);

        Assert.All(sound.Samples, sample => Assert.True(float.IsFinite(sample)));
        Assert.Contains(sound.Samples, sample => sample == 0.25f);
    }

    private static ClipSpan Span(double start, double seconds) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(start + seconds));

    private static List<double> Flashes(ClipPictures pictures)
    {
        var found = new List<double>();
        for (var i = 0; i < pictures.Count; i++)
        {
            // A flash on the first picture counts: the span begins with one.
            if (pictures.Picture(i)[0] > 128 && (i == 0 || pictures.Picture(i - 1)[0] <= 128)) found.Add(i / pictures.Rate.Value);
        }

        return found;
    }

    private static List<double> Onsets(ClipSound sound)
    {
        var found = new List<double>();
        var quiet = 0;
        for (var i = 0; i < sound.Samples.Length; i++)
        {
            if (Math.Abs(sound.Samples[i]) > 0.1)
            {
                if (quiet > sound.Rate / 50) found.Add((double)i / sound.Rate);
                quiet = 0;
            }
            else
            {
                quiet++;
            }
        }

        return found;
    }
}
