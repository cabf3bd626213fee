using System.Globalization;
using Curation.Media.Processes;
using Curation.Media.Reading;

namespace Curation.Media.Writing;

/// <summary>The command line that encodes raw pictures and sound.</summary>
internal static class WriteArguments
{
    public static IReadOnlyList<string> For(ClipPictures? pictures, string picturesPath, ClipSound? sound, string soundPath, WriteOptions options, string target)
    {
        var threads = options.Threads > 0 ? new[] { "-threads", Text(options.Threads) } : [];
        return
        [
            .. HostileInput.GlobalOptions, "-progress", "pipe:1", "-y",
            .. pictures is null ? [] : PictureInput(pictures, picturesPath),
            .. sound is null ? [] : SoundInput(sound, soundPath),
            .. pictures is null ? [] : PictureOutput(options),
            .. sound is null ? [] : SoundOutput(options),
            .. threads, "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
            "-f", "mp4", HostileInput.FileUrl(target),
        ];
    }

    private static string[] PictureInput(ClipPictures pictures, string path) =>
        ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", $"{Text(pictures.Width)}x{Text(pictures.Height)}", "-framerate", pictures.Rate.ToString(), "-i", HostileInput.FileUrl(path)];

    private static string[] SoundInput(ClipSound sound, string path) =>
        ["-f", "f32le", "-sample_rate", Text(sound.Rate), "-channels", Text(sound.Channels), "-i", HostileInput.FileUrl(path)];

    /// <summary>The matrix is named, so that no player has to guess it from the size. No B-frames, as in clips: nothing at the start must be hidden.</summary>
    private static string[] PictureOutput(WriteOptions options) =>
    [
        "-vf", "scale=flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv,format=yuv420p",
        "-c:v", "libx264", "-preset", options.Preset, "-crf", Text(options.Quality), "-bf", "0", "-pix_fmt", "yuv420p",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
    ];

    private static string[] SoundOutput(WriteOptions options) => options.LosslessSound
        ? ["-c:a", "flac", "-sample_fmt", "s16", "-strict", "-2"]
        : ["-c:a", "aac", "-b:a", Text(options.SoundBitRate)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
