namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A folder with everything that must not stop a run, and good media with bad names.</summary>
internal static class HostileFolder
{
    /// <summary>Good media whose names have broken programs before.</summary>
    public static IReadOnlyList<string> GoodNames { get; } =
    [
        "héllo 世界 😀.mp4", "line\nbreak.mp4", "-dash.mp4", "100% #1?.mp4", "quote's \"both\".mp4", "[bold]mark [up.mp4", "back\\slash.mp4", "semi;colon:pipe|.mp4", "upper.MP4",
        new string('n', 251) + ".mp4",
    ];

    /// <summary>Writes the folder.</summary>
    public static void Write(string folder)
    {
        // A path of the test's own: names are only given at the end, so that ffmpeg is not what breaks.
        var good = folder + ".good.mp4";
        MadeMedia.Moving(good, 1, 3, "-movflags", "+faststart");
        var bytes = File.ReadAllBytes(good);
        foreach (var (name, number) in GoodNames.Select((name, number) => (name, number)))
        {
            // Other bytes of the same media: a box that players skip, so that no two are the same source.
            File.WriteAllBytes(Path.Combine(folder, name), [.. bytes, 0, 0, 0, 12, .. "free"u8, .. BitConverter.GetBytes(number)]);
        }

        File.WriteAllBytes(Path.Combine(folder, "truncated.mp4"), bytes[..(bytes.Length * 6 / 10)]);
        File.WriteAllBytes(Path.Combine(folder, "zero.mp4"), []);
        File.WriteAllText(Path.Combine(folder, "text.mp4"), "This is a shopping list, not a video.\n");
        File.WriteAllBytes(Path.Combine(folder, "broken-moov.mp4"), Overwritten(bytes, IndexOf(bytes, "moov"u8) + 8, 600));
        File.WriteAllBytes(Path.Combine(folder, "garbage-inside.mp4"), Overwritten(bytes, bytes.Length / 2, 4096));
        MadeMedia.Moving(Path.Combine(folder, "short.mp4"), 0.2, 4);
        MadeMedia.Ffmpeg([.. MadeMedia.Sources(1, 5), "-map", "0:v", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", Path.Combine(folder, "no-audio.mp4")]);
        MadeMedia.Ffmpeg([.. MadeMedia.Sources(1, 5), "-map", "1:a", "-c:a", "aac", Path.Combine(folder, "no-video.mp4")]);
        MadeMedia.Ffmpeg("-f", "lavfi", "-i", "color=s=16x16:d=1", "-f", "lavfi", "-i", "sine=d=1", "-vf", "format=gray,crop=1:1", "-c:v", "ffv1", "-c:a", "flac", Path.Combine(folder, "one-pixel.mkv"));
        WriteOnesThatPointElsewhere(folder, good);
        WriteOddFiles(folder);
    }

    private static void WriteOnesThatPointElsewhere(string folder, string good)
    {
        File.WriteAllText(Path.Combine(folder, "playlist.mp4"), $"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{good}\n#EXT-X-ENDLIST\n");
        File.WriteAllText(Path.Combine(folder, "concat.mp4"), $"ffconcat version 1.0\nfile '{good}'\n");
    }

    private static void WriteOddFiles(string folder)
    {
        Tool.Run("mkfifo", Path.Combine(folder, "pipe.mp4"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "loop"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "up"), Path.GetDirectoryName(folder)!);
        File.CreateSymbolicLink(Path.Combine(folder, "self.mp4"), Path.Combine(folder, "self.mp4"));
        File.CreateSymbolicLink(Path.Combine(folder, "dangling.mp4"), Path.Combine(folder, "nothing.mp4"));
        Directory.CreateDirectory(Path.Combine(folder, "folder.mp4"));
    }

    private static byte[] Overwritten(byte[] bytes, int from, int count)
    {
        var copy = bytes.ToArray();
        new Random(1).NextBytes(copy.AsSpan(from, count));
        return copy;
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> name) => bytes.AsSpan().IndexOf(name);
}
