using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Curation.Media.Tests.Support;

/// <summary>
/// Flashes and beeps of a file on one clock, decoded by the ffmpeg command line and not by the code under test:
/// the time of a picture is its container's (ffprobe), the time of a sample counts on from the first sound packet shown.
/// </summary>
internal sealed record RawClip(IReadOnlyList<double> Flashes, IReadOnlyList<double> Beeps, int Frames, double FirstPicture, double FirstSound)
{
    private const int Side = 32;

    public static async Task<RawClip> DecodeAsync(string path, bool editLists = true)
    {
        string[] options = editLists ? [] : ["-ignore_editlist", "1"];
        var (video, audio) = await TimesAsync(path, options);
        var (_, pictures, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", .. options, "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf", $"scale={Side}:{Side},format=gray", "-f", "rawvideo", "-"]);
        var (_, sound, _) = await Ffmpeg.RunAsync("ffmpeg", ["-v", "error", .. options, "-i", path, "-map", "0:a:0", "-af", "pan=mono|c0=c0", "-f", "f32le", "-ar", "48000", "-"]);
        var count = pictures.Length / (Side * Side);
        Assert.True(video.Count >= count, $"{count} pictures but {video.Count} times");
        var flashes = new List<double>();
        var before = double.MaxValue;
        for (var i = 0; i < count; i++)
        {
            double mean = 0;
            foreach (var b in pictures.AsSpan(i * Side * Side, Side * Side)) mean += b;
            mean /= Side * Side;
            if (mean > 128 && before <= 128) flashes.Add(video[i]);
            before = mean;
        }

        var beeps = new List<double>();
        var quiet = 0;
        var samples = MemoryMarshal.Cast<byte, float>(sound.AsSpan());
        for (var i = 0; i < samples.Length; i++)
        {
            if (Math.Abs(samples[i]) > 0.1)
            {
                if (quiet > 4800) beeps.Add(audio[0] + (i / 48000.0));
                quiet = 0;
            }
            else
            {
                quiet++;
            }
        }

        return new RawClip(flashes, beeps, count, video[0], audio[0]);
    }

    /// <summary>Beep minus flash, in seconds, for every pair.</summary>
    public double[] Offsets() => [.. Flashes.Select(f => Beeps.Select(b => b - f).MinBy(Math.Abs))];

    // Both streams in one call: a start of ffprobe costs more than what it reads of these files.
    private static async Task<(List<double> Video, List<double> Audio)> TimesAsync(string path, string[] options)
    {
        var (_, output, _) = await Ffmpeg.RunAsync("ffprobe", ["-v", "error", .. options, "-show_entries", "frame=media_type,pts_time", "-of", "csv=p=0", path]);
        var frames = Encoding.ASCII.GetString(output).Split('\n').Select(line => line.Trim().Split(',')).ToLookup(
            parts => parts[0], parts => parts.Length > 1 && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var time) ? time : (double?)null);
        return ([.. frames["video"].OfType<double>()], [.. frames["audio"].OfType<double>()]);
    }
}
