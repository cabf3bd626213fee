using System.Globalization;
using Curation.Media.Samples;

namespace Curation.Media.Tests.Samples;

public sealed class SampleVideosTests(SampleFolder samples) : IClassFixture<SampleFolder>
{
    [Fact]
    public async Task Samples_are_what_they_say()
    {
        Assert.All(samples.Videos, video => Assert.Equal(video.LeftOutBecause is null, File.Exists(Path.Combine(samples.Folder, video.FileName))));

        // scenes: two hard cuts, at 4 and at 8 s, as ffmpeg's own scene score sees them.
        Assert.Equal([4.0, 8.0], Times(await LogAsync(["-i", At("scenes.mp4"), "-vf", "select='gt(scene,0.4)',showinfo", "-an", "-f", "null", "-"]), "pts_time:"));

        // silent: silencedetect hears nothing for all of it; static: freezedetect sees one still picture.
        Assert.Contains("silence_start: 0", await LogAsync(["-i", At("silent.mp4"), "-af", "silencedetect=n=-90dB:d=7.5", "-vn", "-f", "null", "-"]), StringComparison.Ordinal);
        Assert.Contains("freeze_start: 0", await LogAsync(["-i", At("static.mp4"), "-vf", "freezedetect=n=-60dB:d=7.5", "-an", "-f", "null", "-"]), StringComparison.Ordinal);
        Assert.DoesNotContain("freeze_start", await LogAsync(["-i", At("silent.mp4"), "-vf", "freezedetect=n=-60dB:d=0.5", "-an", "-f", "null", "-"]), StringComparison.Ordinal);

        // good sound: no silence of 0.1 s below -50 dBFS, between the beeps either.
        Assert.DoesNotContain("silence_start", await LogAsync(["-i", At("flash-and-beep.mp4"), "-af", "silencedetect=n=-50dB:d=0.1", "-vn", "-f", "null", "-"]), StringComparison.Ordinal);

        // corrupt: no decoder opens it.
        await Assert.ThrowsAsync<InvalidOperationException>(() => LogAsync(["-i", At("corrupt.mp4"), "-f", "null", "-"]));
    }

    [Theory]
    [InlineData("flash-and-beep.mp4", 0, -22)]
    [InlineData("out-of-sync.mp4", SampleVideos.LateSeconds, -22)]
    [InlineData("clipped-sound.mkv", 0, -2)]
    public async Task Beeps_follow_their_lamps_by_the_stated_time(string name, double late, int quietBelowDbfs)
    {
        // The lamp is white and stands alone in its corner: the corner's mean luma jumps when it lights.
        var lit = Times(await LogAsync(["-i", At(name), "-vf", "crop=112:80:48:48,select='gt(scene,0.15)',showinfo", "-an", "-f", "null", "-"]), "pts_time:");
        var sounding = Times(await LogAsync(["-i", At(name), "-af", $"silencedetect=n={quietBelowDbfs}dB:d=0.05", "-vn", "-f", "null", "-"]), "silence_end: ");

        // Each lamp goes on and off again; the last quiet stretch ends with the file.
        var on = lit.Where((_, index) => index % 2 == 0).ToList();
        Assert.Equal(8, on.Count);
        for (var i = 0; i < on.Count; i++) Assert.Equal(on[i] + late, sounding[i], tolerance: 0.03);
    }

    [Fact]
    public async Task Clipped_sample_has_flat_tops_and_the_good_one_has_none()
    {
        Assert.Equal(0, PeakCountAtFullScale(await LogAsync(["-i", At("flash-and-beep.mp4"), "-af", "volumedetect", "-vn", "-f", "null", "-"])));
        Assert.InRange(PeakCountAtFullScale(await LogAsync(["-i", At("clipped-sound.mkv"), "-af", "volumedetect", "-vn", "-f", "null", "-"])), 10_000, 48_000);
    }

    [Fact]
    public async Task Written_again_without_a_voice_all_but_the_spoken_line_have_the_same_bytes()
    {
        static Task NoVoice(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
            arguments.Any(argument => argument.Contains("flite", StringComparison.Ordinal))
                ? throw new InvalidOperationException("No such filter: 'flite'")
                : SampleFolder.FfmpegAsync(arguments, cancellation);

        var again = Path.Combine(samples.Folder, "again");
        var videos = await SampleVideos.WriteAsync(again, NoVoice, TestContext.Current.CancellationToken);

        var leftOut = Assert.Single(videos, video => video.LeftOutBecause is not null);
        Assert.Contains("No such filter: 'flite'", leftOut.LeftOutBecause, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(again, leftOut.FileName)));
        foreach (var video in videos.Where(video => video.LeftOutBecause is null))
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(At(video.FileName), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(Path.Combine(again, video.FileName), TestContext.Current.CancellationToken));
        }
    }

    private string At(string name) => Path.Combine(samples.Folder, name);

    private static List<double> Times(string log, string key) =>
    [
        .. log.Split(key).Skip(1).Select(text => double.Parse(text.Split(' ', '\n', '\r')[0], CultureInfo.InvariantCulture)),
    ];

    // volumedetect's histogram_0db counts the samples that round to 0 dBFS.
    private static int PeakCountAtFullScale(string log) =>
        log.Split("histogram_0db: ") is [_, var count, ..] ? int.Parse(count.Split('\n')[0], CultureInfo.InvariantCulture) : 0;

    private static Task<string> LogAsync(IReadOnlyList<string> arguments) => SampleFolder.FfmpegAsync(["-hide_banner", "-nostdin", .. arguments], TestContext.Current.CancellationToken);
}
