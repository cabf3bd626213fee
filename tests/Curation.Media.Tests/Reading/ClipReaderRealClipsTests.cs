using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Media.Cutting;
using Curation.Media.Reading;
using Curation.Media.Tests.Support;
using Curation.Tests;

namespace Curation.Media.Tests.Reading;

public sealed class ClipReaderRealClipsTests(MediaFolder media)
{
    /// <summary>Half a step of 16 bits, and what rounding in single precision adds.</summary>
    private const float HalfStep = 0.51f / 32768;

    /// <summary>The largest number of 16 bits; the decoded sound may pass full scale.</summary>
    private const float Loudest = 32767f / 32768;

    [Theory]
    [InlineData("clips/dog-bark.mp4")]
    [InlineData("clips/face-talking.mp4")]
    [InlineData("clips/two-speakers-portrait.mp4")]
    public async Task Sound_and_size_are_those_of_the_clip_that_the_cutter_writes(string clip)
    {
        var source = await Parts.ProbeAsync(RealClips.Require(clip));
        var span = new ClipSpan(source.StartTime + TimeSpan.FromSeconds(1.2), source.StartTime + TimeSpan.FromSeconds(3.2));
        var target = media.PathOf($"real-{Path.GetFileName(clip)}");
        var cut = await Parts.Cutter.CutAsync(source, span, target, new CutOptions(), Parts.Cancel);
        var (_, output, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", "-i", target, "-map", "0:a:0", "-f", "f32le", "-"]);
        var written = MemoryMarshal.Cast<byte, float>(output).ToArray();

        var channels = source.Audio.Channels == 1 ? 1 : 2;
        var sound = await Parts.Reader.ReadSoundAsync(source, cut.Span, new SoundRequest { Rate = 48000, Channels = channels }, null, Parts.Cancel);
        var still = Assert.Single(await Parts.Reader.ReadStillsAsync(source, cut.Span, 1, 8192, null, Parts.Cancel));

        Assert.Equal(0, sound.PaddedBefore + sound.PaddedAfter);
        Assert.InRange(sound.Samples.Length - written.Length, -channels, channels);
        Assert.Contains(sound.Samples, sample => Math.Abs(sample) > 0.01);
        Assert.All(sound.Samples.Zip(written), pair => Assert.Equal(pair.Second, Math.Clamp(pair.First, -1, Loudest), HalfStep));
        Assert.InRange(still.Width - cut.Width, -1, 1);
        Assert.InRange(still.Height - cut.Height, -1, 1);
    }
}
