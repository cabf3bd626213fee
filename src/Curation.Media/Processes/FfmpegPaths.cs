namespace Curation.Media.Processes;

/// <summary>The two programs, found and old enough.</summary>
/// <param name="Ffmpeg">Full path of ffmpeg.</param>
/// <param name="Ffprobe">Full path of ffprobe.</param>
/// <param name="Version">What ffmpeg calls itself, for example <c>5.1.9-0+deb12u1</c>.</param>
/// <param name="Number">Major and minor number; a development build, which has none, counts as the newest.</param>
public sealed record FfmpegPaths(string Ffmpeg, string Ffprobe, string Version, Version Number)
{
    private static readonly Version FpsModeSince = new(5, 1);

    /// <summary>The option that passes pictures through untouched; its name changed in 5.1.</summary>
    internal string PassthroughOption => Number >= FpsModeSince ? "-fps_mode" : "-vsync";
}
