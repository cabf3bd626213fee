using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Real clips end as a person would have them end. Skipped where they are not beside the repository.</summary>
public sealed class RealClipsTests(RealClipsTests.Run run)
    : IClassFixture<RealClipsTests.Run>
{
    /// <summary>One run over the real clips and shifted copies of one of them.</summary>
    public sealed class Run : IDisposable
    {
        public static readonly IReadOnlyDictionary<string, double> Shifted = new Dictionary<string, double>
        {
            ["late 0.6.mkv"] = 0.6,
            ["late 1.2.mkv"] = 1.2,
            ["early 0.6.mkv"] = -0.6,
            ["early 1.2.mkv"] = -1.2,
        };

        private readonly ScratchFolder _folder = new();
        private readonly Lazy<Task<CurateResult>> _result;

        public Run() => _result = new(StartAsync);

        internal WrittenDataset Dataset => new(_folder.File("out"));

        internal async Task<CurateResult> ResultAsync()
        {
            RealClips.Require("clips/dog-bark.mp4");
            return await _result.Value;
        }

        public void Dispose() => _folder.Dispose();

        private async Task<CurateResult> StartAsync()
        {
            var clips = RealClips.Require("clips");
            var input = _folder.Folder("in");
            foreach (var clip in Directory.EnumerateFiles(clips, "*.mp4")) File.CreateSymbolicLink(Path.Combine(input, Path.GetFileName(clip)), clip);

            var dog = Path.Combine(clips, "dog-bark.mp4");
            foreach (var (name, late) in Shifted)
            {
                var filter = late > 0 ? FormattableString.Invariant($"adelay={late * 1000}:all=1") : FormattableString.Invariant($"atrim=start={-late},asetpts=PTS-STARTPTS,apad");
                MadeMedia.Ffmpeg("-i", dog, "-map", "0:v", "-map", "0:a", "-c:v", "copy", "-af", filter, "-c:a", "flac", "-shortest", Path.Combine(input, name));
            }

            return await CurateProcess.RunAsync("run", "--input", input, "--output", Dataset.Root, "--policy", "demo");
        }
    }

    public static TheoryData<string, double> ShiftedCopies
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (var (name, late) in Run.Shifted) data.Add(name, late);
            return data;
        }
    }

    [Fact]
    public async Task Run_ends_with_3_because_one_clip_has_no_sound() => (await run.ResultAsync()).Ended(3);

    [Fact]
    public async Task No_audio_is_quarantined_for_it()
    {
        await run.ResultAsync();
        var row = Assert.Single(run.Dataset.Rows("quarantine"));

        Assert.Equal("no-audio.mp4", WrittenDataset.NameOf(row["source_uri"]));
        Assert.Equal("no sound: the file has no audio stream", row["reason"]);
    }

    [Fact]
    public async Task Slides_are_never_retained()
    {
        var clips = await ClipsOfAsync("slide-talk-1080p.mp4");

        Assert.NotEmpty(clips);
        Assert.All(clips, clip => Assert.True(
            clip.Table == "rejected" && clip.Row["rejected_by"] is "motion_ratio" or "frozen_ratio", $"{clip.Row["start_s"]} s: {clip.Table} by {clip.Row.GetValueOrDefault("rejected_by")}"));
    }

    [Fact]
    public async Task Dog_is_retained_as_sound()
    {
        var clip = Assert.Single(await ClipsOfAsync("dog-bark.mp4"));

        Assert.True(clip.Table == "triplets", $"{clip.Table}: {clip.Row.GetValueOrDefault("reason")}");
        Assert.Equal("sound", clip.Row["split"]);
        ClipMedia.AssertContract(run.Dataset, clip.Row);
    }

    [Theory]
    [InlineData("cartoon-logo-subtitles.mp4")]
    [InlineData("two-speakers-portrait.mp4")]
    public async Task Logo_and_subtitles_are_a_watermark(string name)
    {
        var clips = await ClipsOfAsync(name);

        Assert.NotEmpty(clips);
        Assert.All(clips, clip => Assert.NotEqual("triplets", clip.Table));
        Assert.All(clips, clip => Assert.Contains(
            ((System.Collections.IEnumerable)clip.Row["verdicts"]!).Cast<Dictionary<string, object?>>(),
            verdict => (string)verdict["filter"]! == "watermark" && (string)verdict["outcome"]! == "reject"));
    }

    [Theory]
    [MemberData(nameof(ShiftedCopies))]
    public async Task Shifted_sound_is_found_and_rejected(string name, double late)
    {
        var clip = Assert.Single(await ClipsOfAsync(name));
        var said = $"{clip.Table} by {clip.Row.GetValueOrDefault("rejected_by")}: offset {clip.Row["sync_offset_s"]}, confidence {clip.Row["sync_confidence"]}";

        Assert.True(clip.Row["sync_offset_s"] is double offset && Math.Abs(offset - late) <= 0.2, said);
        Assert.True(clip.Row["sync_confidence"] is >= 0.5, said);
        Assert.True(clip.Table == "rejected" && (string)clip.Row["rejected_by"]! == "sync_offset_s", said);
    }

    private async Task<IReadOnlyList<(string Table, IReadOnlyDictionary<string, object?> Row)>> ClipsOfAsync(string name)
    {
        await run.ResultAsync();
        return [.. run.Dataset.Clips().Where(clip => WrittenDataset.NameOf(clip.Row["source_uri"]) == name)];
    }
}
