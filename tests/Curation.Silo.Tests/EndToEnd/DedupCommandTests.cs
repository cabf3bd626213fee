using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Copies of real clips are found by what they share, and unrelated clips are not. Skipped where the clips are not beside the repository.</summary>
public sealed class DedupCommandTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Copies_of_real_clips_are_told_apart_by_what_they_share()
    {
        var input = _folder.Folder("in");
        var (dog, face) = (RealClips.Require("clips/dog-bark.mp4"), RealClips.Require("clips/face-talking.mp4"));
        var (dress, cartoon) = (RealClips.Require("clips/dress-portrait.mp4"), RealClips.Require("clips/cartoon-logo-subtitles.mp4"));
        foreach (var clip in new[] { dog, face, dress, cartoon }) File.CreateSymbolicLink(Path.Combine(input, Path.GetFileName(clip)), clip);
        Copy("dog-small.mp4", "-i", dog, "-vf", "scale=trunc(iw*0.3)*2:-2", "-b:v", "150k", "-b:a", "48k");
        Copy("dog-cropped.mp4", "-i", dog, "-vf", "crop=trunc(iw*0.46)*2:trunc(ih*0.46)*2", "-crf", "26");
        Copy("dog-later.mkv", "-ss", "0.7", "-i", dog, "-crf", "28", "-c:a", "libmp3lame", "-b:a", "64k");
        Copy("dog-rescored.mp4", "-i", dog, "-i", RealClips.Require("clips/sound/speech-60s.wav"), "-map", "0:v", "-map", "1:a", "-shortest", "-crf", "24");
        Copy("dress-with-sound-of-face.mp4", "-i", dress, "-i", face, "-map", "0:v", "-map", "1:a", "-shortest", "-crf", "24");
        var (dataset, policy) = (new WrittenDataset(_folder.File("out")), _folder.File("everything.yaml"));
        File.WriteAllText(policy, "name: everything\nunmeasured: pass\nlimits:\n  short_side_px: { min: 2 }\n  duplicate_rank: { max: 0 }\n");
        (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", policy, "--json")).Ended(0);
        var first = dataset.Manifest.GetProperty("id").GetString();

        var dry = (await CurateProcess.RunAsync("dedup", "--dataset", dataset.Root, "--dry-run", "--json")).Ended(0).Json;

        Assert.Equal(first, dataset.Manifest.GetProperty("id").GetString());
        Assert.Equal(["same dog-bark.mp4: dog-cropped.mp4, dog-later.mkv, dog-small.mp4"], Groups(dry, "same"));
        Assert.Contains("same_picture dog-bark.mp4: dog-rescored.mp4", Groups(dry, "same_picture"));
        Assert.Contains("same_picture dress-portrait.mp4: dress-with-sound-of-face.mp4", Groups(dry, "same_picture"));
        Assert.Equal(2, Groups(dry, "same_picture").Count);
        Assert.Equal(["same_sound face-talking.mp4: dress-with-sound-of-face.mp4"], Groups(dry, "same_sound"));

        var done = (await CurateProcess.RunAsync("dedup", "--dataset", dataset.Root, "--json")).Ended(0).Json;
        var again = (await CurateProcess.RunAsync("dedup", "--dataset", dataset.Root, "--json")).Ended(0).Json;

        Assert.Equal((3, true, false), (done.GetProperty("gone").GetInt32(), done.GetProperty("changed").GetBoolean(), again.GetProperty("changed").GetBoolean()));
        Assert.Equal(done.GetProperty("snapshot").GetString(), again.GetProperty("snapshot").GetString());
        var copies = dataset.Rows("rejected").Where(row => (string)row["rejected_by"]! == "duplicate_rank").ToList();
        Assert.Equal(3, copies.Count);
        Assert.All(copies, row => Assert.Contains((string)row["duplicate_of"]!, (string)row["reason"]!, StringComparison.Ordinal));
        (await CurateProcess.RunAsync("verify", "--dataset", dataset.Root)).Ended(0);

        (await CurateProcess.RunAsync("rejudge", "--dataset", dataset.Root, "--policy", policy)).Ended(0);

        Assert.Equal(3, dataset.Rows("rejected").Count(row => (string)row["rejected_by"]! == "duplicate_rank"));
        Assert.False((await CurateProcess.RunAsync("dedup", "--dataset", dataset.Root, "--json")).Ended(0).Json.GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task Wrong_command_ends_with_2_and_says_what_is_right()
    {
        var empty = (await CurateProcess.RunAsync("dedup", "--dataset", _folder.Folder("empty"))).Ended(2);
        var choice = (await CurateProcess.RunAsync("dedup", "--dataset", _folder.Folder("empty"), "--same-sound", "maybe")).Ended(2);

        Assert.Contains("is not a data set", empty.Errors, StringComparison.Ordinal);
        Assert.Contains("'keep'", choice.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> Groups(JsonElement found, string kind) =>
    [
        .. found.GetProperty("groups").EnumerateArray().Where(group => group.GetProperty("kind").GetString() == kind)
            .Select(group => $"{kind} {SourceOf(group.GetProperty("kept"))}: {string.Join(", ", group.GetProperty("others").EnumerateArray().Select(other => SourceOf(other.GetProperty("clip"))).Order(StringComparer.Ordinal))}"),
    ];

    private static string SourceOf(JsonElement clip) => Path.GetFileName(clip.GetProperty("source_uri").GetString()!);

    private void Copy(string name, params string[] arguments) =>
        MadeMedia.Ffmpeg([.. arguments, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", .. arguments.Contains("-c:a") ? Array.Empty<string>() : ["-c:a", "aac"], "file:" + Path.Combine(_folder.Folder("in"), name)]);
}
