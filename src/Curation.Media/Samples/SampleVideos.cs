namespace Curation.Media.Samples;

/// <summary>Makes the videos of the quickstart: good ones, and one for each of the common faults.</summary>
public static class SampleVideos
{
    /// <summary>How late the sound of the out-of-sync sample is.</summary>
    public const double LateSeconds = 0.8;

    private const double SceneSeconds = 4;
    private const double EventsSeconds = 8;
    private const double LineSeconds = 8;
    private const double ClipBoostDecibels = 20;

    private const string Line = "Good morning and welcome to the harbour where the fishing boats come home with the tide and the gulls are waiting for their share";

    // Uneven gaps of 0.4 to 1.4 s; all on the 25 Hz grid, and no gap equals the lateness.
    private static readonly double[] EventTimes = [0.60, 1.04, 2.32, 2.88, 4.20, 4.72, 6.12, 6.60];
    private static readonly double[][] SceneEventTimes = [[0.60, 1.04, 2.32, 3.00], [0.48, 1.72, 2.20, 3.20], [0.80, 1.36, 2.60, 3.12]];

    /// <summary>Writes the sample videos. The same ffmpeg writes the same bytes again.</summary>
    /// <param name="folder">Where; made where it is missing.</param>
    /// <param name="runFfmpeg">Runs ffmpeg with arguments and fails where ffmpeg does.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>What was written, and what was left out and why.</returns>
    public static async Task<IReadOnlyList<SampleVideo>> WriteAsync(string folder, Func<IReadOnlyList<string>, CancellationToken, Task> runFfmpeg, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(runFfmpeg);

        Directory.CreateDirectory(folder);
        var good = new SampleVideo("flash-and-beep.mp4", "a lamp lights and a beep sounds at the same time, at uneven intervals", "1 clip retained");
        await WriteAsync(good, EventsSeconds, SampleGraph.Picture(0, EventsSeconds, EventTimes, "v") + SampleGraph.Beeps(EventsSeconds, EventTimes, 0, "a"));

        var scenes = new SampleVideo("scenes.mp4", "three scenes with hard cuts between them", "3 clips retained");
        await WriteAsync(scenes, 3 * SceneSeconds, Scenes());

        var spoken = await WriteSpokenAsync(folder, runFfmpeg, cancellation);

        var late = new SampleVideo("out-of-sync.mp4", $"lamps and beeps with the sound {FormattableString.Invariant($"{LateSeconds}")} s late", "rejected by sync_offset_s");
        await WriteAsync(late, EventsSeconds, SampleGraph.Picture(1, EventsSeconds, EventTimes, "v") + SampleGraph.Beeps(EventsSeconds, [.. EventTimes.Select(time => time + LateSeconds)], 0, "a"));

        var silent = new SampleVideo("silent.mp4", "a moving picture with digital silence", "rejected by silence_ratio");
        await WriteAsync(silent, EventsSeconds, SampleGraph.Picture(2, EventsSeconds, EventTimes, "v") + SampleGraph.Silence(EventsSeconds, "a"));

        var still = new SampleVideo("static.mp4", "one picture that never changes, with beeps", "rejected by motion_ratio");
        await WriteAsync(still, EventsSeconds, SampleGraph.StillPicture(EventsSeconds, "v") + SampleGraph.Beeps(EventsSeconds, EventTimes, 0, "a"));

        // In a container and a codec without loss, so that the flat tops of the wave stay flat.
        var clipped = new SampleVideo("clipped-sound.mkv", "lamps and beeps that are recorded far too loud", "rejected by clipping_ratio");
        await WriteAsync(clipped, EventsSeconds, SampleGraph.Picture(1, EventsSeconds, EventTimes, "v") + SampleGraph.Beeps(EventsSeconds, EventTimes, ClipBoostDecibels, "a"));

        var corrupt = new SampleVideo("corrupt.mp4", "the first half of a file: its index is missing", "quarantined");
        await WriteHalfAsync(Path.Combine(folder, good.FileName), Path.Combine(folder, corrupt.FileName), cancellation);

        return [good, scenes, spoken, late, silent, still, clipped, corrupt];

        Task WriteAsync(SampleVideo video, double seconds, string graph) =>
            runFfmpeg(Arguments(graph, seconds, Path.Combine(folder, video.FileName)), cancellation);
    }

    private static string Scenes()
    {
        var pictures = SceneEventTimes.Select((times, look) => SampleGraph.Picture(look, SceneSeconds, times, $"scene{look}"));
        var beeps = SceneEventTimes.SelectMany((times, look) => times.Select(time => time + (look * SceneSeconds)));
        return string.Concat(pictures) + "[scene0][scene1][scene2]concat=n=3:v=1:a=0[v];" + SampleGraph.Beeps(3 * SceneSeconds, [.. beeps], 0, "a");
    }

    private static async Task<SampleVideo> WriteSpokenAsync(string folder, Func<IReadOnlyList<string>, CancellationToken, Task> runFfmpeg, CancellationToken cancellation)
    {
        var spoken = new SampleVideo("spoken-line.mp4", $"a voice says \"{Line}\"; its waveform is drawn into the picture", "1 clip retained");
        var path = Path.Combine(folder, spoken.FileName);
        try
        {
            await runFfmpeg(["-v", "error", "-f", "lavfi", "-i", "flite=text=a", "-f", "null", "-"], cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The only question here is whether this ffmpeg has a voice; one that cannot answer has none, and the user is told what it said.
            File.Delete(path);
            return spoken with { LeftOutBecause = $"this ffmpeg cannot speak: it lacks the filter flite ({exception.Message})" };
        }

        var graph = SampleGraph.Picture(2, LineSeconds, [], "ground") + SampleGraph.SpokenLine(LineSeconds, Line, "ground", "v", "a");
        await runFfmpeg(Arguments(graph, LineSeconds, path), cancellation);
        return spoken;
    }

    private static async Task WriteHalfAsync(string whole, string half, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(whole, cancellation);
        await File.WriteAllBytesAsync(half, bytes[..(bytes.Length / 2)], cancellation);
    }

    private static List<string> Arguments(string graph, double seconds, string path)
    {
        string[] sound = Path.GetExtension(path) == ".mkv" ? ["-c:a", "flac"] : ["-c:a", "aac", "-b:a", "128k"];
        return
        [
            "-v", "error", "-nostdin", "-y", "-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-t", FormattableString.Invariant($"{seconds}"),
            "-r", FormattableString.Invariant($"{SampleGraph.PicturesPerSecond}"), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-threads", "2",
            .. sound,
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",

            // An absolute path: a name that starts with a dash is no option, one with a colon no protocol.
            "file:" + Path.GetFullPath(path),
        ];
    }
}
