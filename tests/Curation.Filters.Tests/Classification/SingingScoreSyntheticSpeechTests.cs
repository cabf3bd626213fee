using System.Diagnostics;
using System.Runtime.InteropServices;
using Curation.Clips;

namespace Curation.Filters.Tests.Classification;

/// <summary>Speech of flite's voices, made by ffmpeg's source of that name: slt's pitch is nearly as still as a singer's.</summary>
public sealed class SingingScoreSyntheticSpeechTests
{
    private const string Harbour =
        "Good morning and welcome to the harbour where the fishing boats come home with the tide and the gulls are waiting for their share";

    private const string Sonorants = "We are all early now. You may lower your arm and roll along a long lonely narrow lane in the warm yellow evening";

    [Theory]
    [InlineData("slt", Harbour)]
    [InlineData("slt", Sonorants)]
    [InlineData("rms", Harbour)]
    [InlineData("kal", Harbour)]
    [InlineData("awb", Harbour)]
    public async Task Synthetic_speech_is_speech_and_not_singing(string voice, string text)
    {
        var (code, bytes) = await Ffmpeg("-f", "lavfi", "-i", $"flite=voice={voice}:text='{text}'", "-ac", "1", "-ar", "48000", "-f", "f32le", "-");
        Assert.SkipWhen(code != 0, "this ffmpeg has no filter flite");

        var result = Sounds.Classify(MemoryMarshal.Cast<byte, float>(bytes).ToArray());

        Assert.True(result.SpeechRatio.Value > 0.7, $"{result.SpeechRatio.Value}");
        Assert.InRange(result.SingingScore.Value!.Value, 0, 0.3);
        Assert.NotEqual(Split.Singing, result.Split);
    }

    private static async Task<(int Code, byte[] Output)> Ffmpeg(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend("quiet").Prepend("-v").Prepend("-nostdin")) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, bytes.ToArray());
    }
}
