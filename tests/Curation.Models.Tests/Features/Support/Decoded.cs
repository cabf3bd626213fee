using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Curation.Models.Tests.Features.Support;

/// <summary>Media decoded by the ffmpeg program.</summary>
internal static class Decoded
{
    public static async Task<byte[]> RgbAsync(string path) =>
        await RunAsync("-i", path, "-an", "-f", "rawvideo", "-pix_fmt", "rgb24");

    /// <summary>Channels apart, samples as they are in the file.</summary>
    public static async Task<float[][]> ChannelsAsync(string path, int channels)
    {
        var interleaved = MemoryMarshal.Cast<byte, float>(await RunAsync("-i", path, "-f", "f32le")).ToArray();
        return [.. Enumerable.Range(0, channels).Select(channel => interleaved.Where((_, i) => i % channels == channel).ToArray())];
    }

    private static async Task<byte[]> RunAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-nostdin", "-v", "error", .. arguments, "-"]) info.ArgumentList.Add(argument);

        using var process = Process.Start(info)!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
