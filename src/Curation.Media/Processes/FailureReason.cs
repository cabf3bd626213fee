namespace Curation.Media.Processes;

/// <summary>Turns what ffmpeg said into a sentence for a person. It names what was observed, not what somebody may have done.</summary>
internal static class FailureReason
{
    /// <summary>An mp4 file without its index.</summary>
    public const string NoIndex = "the index of the mp4 file (moov atom) is missing";

    /// <summary>Nothing that ffmpeg knows.</summary>
    public const string NotMedia = "the content is not media that ffmpeg understands";

    private static readonly (string Said, string Means)[] Known =
    [
        ("No space left on device", "no space is left on the device"),
        ("Disk quota exceeded", "the disk quota is used up"),
        ("File too large", "the file grew past the largest size that is allowed here"),
        ("Read-only file system", "the file system is read-only"),
        ("Permission denied", "permission denied"),
        ("No such file or directory", "the file does not exist"),
        ("exceeds specified max pixel count", "the picture has more pixels than the limit of 8192 x 8192"),
        ("Format not on whitelist", "the content is not a container of pictures and sound (playlists, lists of files, still images and text are not opened)"),
        ("moov atom not found", NoIndex),
        ("Cannot allocate memory", "the decoder asked for more memory than it may have"),
        ("Protocol not found", "the content points to something that is not a local file"),
        ("not on whitelist", "the content points to something that is not a local file"),
        ("Invalid data found when processing input", NotMedia),
    ];

    /// <summary>The known meaning of what was said, else the last thing said.</summary>
    public static string From(ErrorTail errors, int exitCode)
    {
        var lines = errors.Lines;
        foreach (var (said, means) in Known)
        {
            if (lines.Any(l => l.Contains(said, StringComparison.Ordinal))) return means;
        }

        return lines.Count > 0 ? $"ffmpeg ended with code {exitCode} and said: {lines[^1]}" : $"ffmpeg ended with code {exitCode} and said nothing";
    }

    /// <summary>Whether the reason lies with the place a clip is written to.</summary>
    public static bool IsAboutWriting(string reason) =>
        Array.FindIndex(Known, k => k.Means == reason) is >= 0 and < 4;
}
