using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Curation.Clips.Streaming;
using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

/// <summary>Time lines of a real clip, decoded by ffmpeg on the clip's own timestamps.</summary>
internal sealed record DecodedClip(MotionFrame[] Motion, OnsetFrame[] Onsets)
{
    private const int Width = 320;
    private const int Height = 180;

    public static async Task<DecodedClip> OpenAsync(string path, int seconds = 12)
    {
        var limit = seconds.ToString(CultureInfo.InvariantCulture);
        var video = await ProbeAsync(path, "v:0");
        var audio = await ProbeAsync(path, "a:0");

        // ffmpeg moves the earliest stream to zero; first_pts fills the sound's late start with silence.
        var start = video.Start - Math.Min(video.Start, audio.Start);
        var pictures = await RunAsync("ffmpeg", ["-v", "error", "-t", limit, "-i", path, "-an", "-vf", $"scale={Width}:{Height}:flags=area,format=gray", "-vsync", "passthrough", "-f", "rawvideo", "-"]);
        var sound = await RunAsync("ffmpeg", ["-v", "error", "-t", limit, "-i", path, "-vn", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "1", "-f", "f32le", "-"]);

        return new DecodedClip(Watch(pictures, start, video.Fps), SyntheticScene.Listen(MemoryMarshal.Cast<byte, float>(sound)));
    }

    public SyncEstimate Estimate() => SyncEstimator.Estimate(Motion, Onsets, TimeSpan.Zero);

    public static Task<byte[]> FfmpegAsync(params string[] arguments) => RunAsync("ffmpeg", ["-v", "error", "-y", .. arguments]);

    private static MotionFrame[] Watch(byte[] pictures, double start, double fps)
    {
        var analyzer = new LocalMotionAnalyzer(Width, Height);
        var chroma = new byte[Width * Height / 4];
        var frames = new MotionFrame[pictures.Length / (Width * Height)];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = analyzer.Analyze(new PictureView
            {
                Time = TimeSpan.FromSeconds(start + (i / fps)),
                Width = Width,
                Height = Height,
                Luma = pictures.AsSpan(i * Width * Height, Width * Height),
                Cb = chroma,
                Cr = chroma,
            });
        }

        return frames;
    }

    private static async Task<(double Start, double Fps)> ProbeAsync(string path, string stream)
    {
        var output = await RunAsync("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "stream=start_time,r_frame_rate", "-of", "default=nokey=0:noprint_wrappers=1", path]);
        var values = System.Text.Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var rate = values["r_frame_rate"].Split('/');
        return (double.Parse(values["start_time"], CultureInfo.InvariantCulture), double.Parse(rate[0], CultureInfo.InvariantCulture) / double.Parse(rate[1], CultureInfo.InvariantCulture));
    }

    private static async Task<byte[]> RunAsync(string program, IEnumerable<string> arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancel);
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"{program} said: {await errors}");
        return output.ToArray();
    }
}
