using System.Diagnostics;
using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Tests;

namespace Curation.Filters.Tests.Classification;

/// <summary>What real recordings are was told by their owners; speech shares are Silero VAD's (opset 15, threshold 0.5).</summary>
public sealed class KindOfSoundOnRealClipsTests
{
    [Theory]
    [InlineData("clips/sound/dog.wav", Split.Sound)]
    [InlineData("clips/sound/bird.wav", Split.Sound)]
    [InlineData("clips/dog-bark.mp4", Split.Sound)]
    [InlineData("clips/sound/singing.wav", Split.Singing)]
    [InlineData("clips/sound/speech-jfk.flac", Split.SingleSpeech)]
    [InlineData("clips/sound/speech-chinese-news.wav", Split.SingleSpeech)]
    [InlineData("clips/sound/radio.wav", Split.SingleSpeech)]
    [InlineData("clips/face-talking.mp4", Split.SingleSpeech)]
    [InlineData("clips/slide-talk-1080p.mp4", Split.SingleSpeech)]
    public async Task Recording_has_the_kind_its_owner_says(string clip, Split expected) =>
        Assert.Equal(expected, Sounds.Classify(await Decode(RealClips.Require(clip))).Split);

    [Theory]
    [InlineData("clips/sound/speech-jfk.flac", 0.68)]
    [InlineData("clips/sound/speech-chinese-news.wav", 0.86)]
    [InlineData("clips/sound/radio.wav", 0.98)]
    [InlineData("clips/sound/speech-60s.wav", 0.77)]
    [InlineData("clips/sound/speech-reference.opus", 0.60)]
    [InlineData("clips/sound/singing.wav", 0.77)]
    [InlineData("clips/face-talking.mp4", 0.89)]
    [InlineData("clips/dress-portrait.mp4", 0.89)]
    [InlineData("clips/cartoon-logo-subtitles.mp4", 0.66)]
    [InlineData("clips/dog-bark.mp4", 0)]
    [InlineData("clips/sound/bird.wav", 0)]
    public async Task Speech_ratio_is_near_that_of_Silero(string clip, double silero) =>
        Assert.Equal(silero, Sounds.Classify(await Decode(RealClips.Require(clip))).SpeechRatio.Value!.Value, 0.1);

    [Theory]
    [InlineData("0")]
    [InlineData("2.5")]
    [InlineData("5")]
    public async Task Five_seconds_of_a_song_are_singing(string start) =>
        Assert.InRange(Sounds.Classify(await Decode(RealClips.Require("clips/sound/singing.wav"), "-ss", start, "-t", "5")).SingingScore.Value!.Value, 0.5, 1);

    [Theory]
    [InlineData("asetrate=48000*0.75")]
    [InlineData("asetrate=48000*1.15")]
    [InlineData("atempo=0.8")]
    [InlineData("atempo=1.2")]
    public async Task Song_at_another_pitch_or_speed_is_singing(string filter) =>
        Assert.Equal(Split.Singing, Sounds.Classify(await Decode(RealClips.Require("clips/sound/singing.wav"), "-af", "aresample=48000," + filter)).Split);

    private static async Task<float[]> Decode(string path, params string[] options)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardInput = true };
        string[] arguments = ["-v", "error", "-i", path, .. options, "-vn", "-ac", "1", "-ar", "48000", "-f", "f32le", "-"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray();
    }
}
