using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Curation.Models.Tests.Quality;

/// <summary>Sound for the models: of real clips through ffmpeg, and made by formula.</summary>
internal static class ClipSound
{
    public const int Rate = 16_000;

    /// <summary>Mono at 16 kHz.</summary>
    public static async Task<float[]> ReadAsync(string path)
    {
        var bytes = await RunAsync("-i", path, "-vn", "-ac", "1", "-ar", Rate.ToString(CultureInfo.InvariantCulture), "-f", "f32le", "-");
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>One picture as packed RGB.</summary>
    public static Task<byte[]> PictureAsync(string path, double seconds, int width, int height) =>
        RunAsync("-ss", seconds.ToString(CultureInfo.InvariantCulture), "-i", path, "-frames:v", "1", "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={width}:{height}"), "-f", "rawvideo", "-pix_fmt", "rgb24", "-");

    /// <summary>White noise of a seed, uniform in [-level, level].</summary>
    public static float[] Noise(double seconds, float level, int seed)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = level * ((2 * random.NextSingle()) - 1);
        return samples;
    }

    private static async Task<byte[]> RunAsync(params string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments]) { RedirectStandardOutput = true } };
        process.Start();
        using var collected = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(collected, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return collected.ToArray();
    }
}
