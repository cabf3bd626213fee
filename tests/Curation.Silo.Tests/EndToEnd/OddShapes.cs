using System.Globalization;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Sources of odd shapes, 2 s each, 320x240 at 25 Hz where not said otherwise.</summary>
internal static class OddShapes
{
    private static readonly string[] H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
    private static readonly string[] Aac = ["-c:a", "aac"];

    /// <summary>Presentation time of a source's first picture, by ffprobe.</summary>
    public static double FirstPicture(string path) => double.Parse(
        Tool.Run("ffprobe", "-v", "error", "-select_streams", "v:0", "-read_intervals", "%+#1", "-show_entries", "frame=pts_time", "-of", "csv=p=0", path).Trim().Split('\n', ',')[0],
        CultureInfo.InvariantCulture);

    public static void Write(string folder)
    {
        var seed = 10;
        Make("plain.mp4", [.. H264, .. Aac]);

        // Every third picture left out, and the rest on their own times.
        Make("vfr.mkv", ["-vf", "select='not(eq(mod(n,3),1))'", "-vsync", "vfr", .. H264, .. Aac]);
        Make("anamorphic.mp4", ["-vf", "setsar=2", .. H264, .. Aac]);
        Make("ten-bit.mp4", ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", .. Aac]);
        Make("interlaced.mpg", ["-vf", "tinterlace=interleave_top,fieldorder=tff", "-r", "25", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-b:v", "2M", "-c:a", "mp2"], 4);
        Make("mono.mp4", ["-ac", "1", .. H264, .. Aac]);
        Make("surround.mkv", ["-af", "pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0", .. H264, "-c:a", "ac3"]);
        Make("transport.ts", ["-output_ts_offset", "100", "-muxdelay", "0.7", .. H264, .. Aac]);
        Make("odd-size.mkv", ["-vf", "scale=321:239", "-c:v", "ffv1", "-pix_fmt", "yuv444p", "-c:a", "flac"]);

        var plain = Path.Combine(folder, "plain.mp4");
        MadeMedia.Ffmpeg("-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=90", Path.Combine(folder, "rotated.mp4"));
        MadeMedia.Ffmpeg("-i", plain, "-itsoffset", "0.5", "-t", "1.5", "-i", plain, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", Path.Combine(folder, "late-sound.mp4"));
        MadeMedia.Ffmpeg("-itsoffset", "0.52", "-i", plain, "-i", plain, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "flac", Path.Combine(folder, "late-picture.mkv"));
        MadeMedia.Ffmpeg(
            "-i", plain, "-f", "lavfi", "-i", "anullsrc=d=2", "-map", "0:v", "-map", "1:a", "-map", "0:a",
            "-c:v", "copy", "-c:a", "flac", "-disposition:a:0", "0", "-disposition:a:1", "default", Path.Combine(folder, "two-tracks.mkv"));

        MadeMedia.Ffmpeg("-i", plain, "-map", "0", "-c:v", "copy", "-af", "atrim=end=1.5", "-c:a", "flac", Path.Combine(folder, "early-end-of-sound.mkv"));

        void Make(string name, string[] output, double seconds = 2) => MadeMedia.Ffmpeg([.. MadeMedia.Sources(seconds, seed++, "320x240"), .. output, "-shortest", Path.Combine(folder, name)]);
    }
}
