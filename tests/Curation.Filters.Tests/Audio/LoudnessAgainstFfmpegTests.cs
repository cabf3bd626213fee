using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Curation.Tests;

namespace Curation.Filters.Tests.Audio;

/// <summary>Real sound against the ebur128 filter of the ffmpeg that is installed (checked with 5.1.9).</summary>
public sealed partial class LoudnessAgainstFfmpegTests
{
    [Theory]
    [InlineData("clips/cartoon-logo-subtitles.mp4", 2)]
    [InlineData("clips/dog-bark.mp4", 2)]
    [InlineData("clips/face-talking.mp4", 1)]
    [InlineData("clips/sound/speech-jfk.flac", 2)]
    [InlineData("clips/sound/speech-chinese-news.wav", 1)]
    [InlineData("clips/sound/singing.wav", 1)]
    [InlineData("clips/sound/bird.wav", 2)]
    public async Task Loudness_real_clip_agrees_within_a_tenth(string path, int channels)
    {
        var clip = RealClips.Require(path);
        var format = $"aresample=48000,aformat=channel_layouts={(channels == 1 ? "mono" : "stereo")}:sample_fmts=flt";
        var (samples, _) = await Ffmpeg(["-i", clip, "-vn", "-af", format, "-f", "f32le", "-"]);
        var (_, log) = await Ffmpeg(["-i", clip, "-vn", "-af", format + ",ebur128", "-f", "null", "-"]);

        var sound = MemoryMarshal.Cast<byte, float>(samples);
        var analysed = channels == 1 ? Analysed.Mono(sound) : Analysed.Stereo(sound);
        var expected = double.Parse(Integrated().Matches(log)[^1].Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.Equal(expected, analysed.Value("loudness_lufs"), 0.1);
    }

    [GeneratedRegex(@"I:\s+(-?\d+\.\d+) LUFS")]
    private static partial Regex Integrated();

    private static async Task<(byte[] Output, string Log)> Ffmpeg(string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("ffmpeg", ["-hide_banner", "-nostdin", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed: the loudness of real clips was not compared");
        }

        using (process!)
        {
            var log = process!.StandardError.ReadToEndAsync(cancel);
            using var output = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(output, cancel);
            await process.WaitForExitAsync(cancel);
            Assert.True(process.ExitCode == 0, await log);
            return (output.ToArray(), await log);
        }
    }
}
