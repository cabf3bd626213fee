using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Policies;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate calibrate</c> as a user runs it.</summary>
public sealed class CalibrateCommandTests(QuickstartFixture quickstart)
{
    [Theory]
    [InlineData("0.5")]
    [InlineData("1")]
    public async Task Retain_writes_a_policy_with_which_judging_again_gives_what_was_predicted(string share)
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        var dataset = Copy(quickstart.Dataset.Root, folder.File("dataset"));

        var calibrated = (await CurateProcess.RunAsync("calibrate", "--dataset", dataset, "--retain", share, "--policy", "demo", "--output", folder.File("mine.yaml"), "--html", folder.File("mine.html"), "--json")).Ended(0).Json;
        var judged = (await CurateProcess.RunAsync("rejudge", "--dataset", dataset, "--policy", folder.File("mine.yaml"), "--json")).Ended(0).Json;

        var after = calibrated.GetProperty("after");
        Assert.Equal(calibrated.GetProperty("policy").GetProperty("sha256").GetString(), judged.GetProperty("policy_sha256").GetString());
        Assert.All(["clips", "retained", "held", "rejected"], outcome => Assert.Equal(after.GetProperty(outcome).GetInt32(), judged.GetProperty(outcome).GetInt32()));
        Assert.Equal("mine", judged.GetProperty("policy").GetString());
        Assert.Contains("<img", await File.ReadAllTextAsync(folder.File("mine.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_set_is_not_changed()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        var before = Files(quickstart.Dataset.Root);

        var result = (await CurateProcess.RunAsync("calibrate", "--dataset", quickstart.Dataset.Root, "--retain", "0.4", "--policy", "demo", "--output", folder.File("mine.yaml"))).Ended(0);

        Assert.Equal(before, Files(quickstart.Dataset.Root));
        Assert.Contains("Target: 0.4 of", result.Output, StringComparison.Ordinal);
        Assert.Contains("not calibrated: unmeasured in all", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_labels_are_refused_and_nothing_is_written()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        var ids = quickstart.Dataset.Clips().Select((clip, place) => string.Create(CultureInfo.InvariantCulture, $"{clip.Row["clip_id"]},{place % 2}"));
        await File.WriteAllLinesAsync(folder.File("labels.csv"), ["clip_id,keep", .. ids], TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("calibrate", "--dataset", quickstart.Dataset.Root, "--labels", folder.File("labels.csv"), "--policy", "demo", "--output", folder.File("mine.yaml"))).Ended(2);

        Assert.Contains("at least 20 of each needed", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("mine.yaml")));
    }

    [Fact]
    public async Task Labels_that_follow_one_measurement_move_its_limit_between_keeps_and_drops()
    {
        using var folder = new ScratchFolder();
        var ids = await MakeAsync(folder.File("dataset"), decibels: Enumerable.Range(1, 80));
        await File.WriteAllLinesAsync(folder.File("labels.csv"), ["clip_id,keep", .. ids.Select((id, place) => $"{id},{(place + 1 > 40 ? "keep" : "drop")}")], TestContext.Current.CancellationToken);

        var said = (await CurateProcess.RunAsync("calibrate", "--dataset", folder.File("dataset"), "--labels", folder.File("labels.csv"), "--policy", "demo", "--output", folder.File("mine.yaml"))).Ended(0);

        var limit = PolicyFile.Load(folder.File("mine.yaml")).Limits.Single(limit => limit.Name == "snr_db");
        Assert.InRange(limit.Min!.Value, 40.0, 41.0);
        Assert.Contains("snr_db", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_labels_are_told_with_their_lines()
    {
        await quickstart.ResultAsync();
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder.File("labels.csv"), "clip_id,keep\nnobody,1\nnobody,perhaps\n", TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("calibrate", "--dataset", quickstart.Dataset.Root, "--labels", folder.File("labels.csv"), "--output", folder.File("mine.yaml"))).Ended(2);

        Assert.All(["labels.csv:2: the snapshot has no clip 'nobody'", "labels.csv:3: 'perhaps' is not a label"], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_faults_of_the_command_come_at_once()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder.File("mine.yaml"), "mine", TestContext.Current.CancellationToken);

        var result = (await CurateProcess.RunAsync("calibrate", "--dataset", folder.Path, "--retain", "27", "--policy", "kler", "--output", folder.File("mine.yaml"), "--html", folder.File("no", "where.html"))).Ended(2);

        Assert.All(["--retain 27: must be above 0 and at most 1", "did you mean 'klear'?", "is there already", "its folder is not there", "Nothing was written."], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("mine.yaml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Retain_and_labels_together_or_neither_are_refused()
    {
        Assert.Contains("either --retain SHARE or --labels", (await CurateProcess.RunAsync("calibrate", "--dataset", "x", "--output", "y.yaml")).Ended(2).Errors, StringComparison.Ordinal);
        Assert.Contains("either --retain SHARE or --labels", (await CurateProcess.RunAsync("calibrate", "--dataset", "x", "--output", "y.yaml", "--retain", "0.5", "--labels", "z.csv")).Ended(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_a_data_set_is_refused()
    {
        using var folder = new ScratchFolder();

        Assert.Contains("is not a data set", (await CurateProcess.RunAsync("calibrate", "--dataset", folder.Folder("empty"), "--retain", "0.5", "--output", folder.File("mine.yaml"))).Ended(2).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("mine.yaml")));
    }

    // A clip for each signal-to-noise ratio; nothing else was measured.
    private static async Task<IReadOnlyList<ClipId>> MakeAsync(string folder, IEnumerable<int> decibels)
    {
        var sha256 = new string('a', 64);
        var clips = decibels.Select((db, place) =>
        {
            var span = new ClipSpan(TimeSpan.FromSeconds(5 * place), TimeSpan.FromSeconds(5 * (place + 1)));
            return new ClipRecord
            {
                Id = ClipId.From(sha256, span, PipelineVersion.Current),
                SourceUri = "file:///made.mp4",
                SourceSha256 = sha256,
                Span = span,
                Width = 640,
                Height = 360,
                FramesPerSecond = 25,
                Split = Split.Sound,
                Measurements = [Measurement.Measured("snr_db", db, "made", "1")],
                Outcome = ClipOutcome.Held,
                Reason = "made",
                PolicySha256 = sha256,
                PipelineVersion = PipelineVersion.Current,
            };
        }).ToList();
        var (store, fragment) = (new LocalDatasetStore(folder), FragmentName.FromUnreadable("made", "1"));
        await new FragmentStore(store).SaveAsync(new SourceOutcome { SourceUri = "file:///made.mp4", SourceSha256 = sha256, FragmentName = fragment, MediaSeconds = 400, Clips = clips }, 1, 1, TestContext.Current.CancellationToken);
        var writer = new SnapshotWriter(store, new FragmentStore(store), TimeProvider.System);
        await writer.CommitAsync(new SnapshotContext(PipelineVersion.Current, new ManifestPolicy("made", sha256), []), TestContext.Current.CancellationToken);
        return [.. clips.Select(clip => clip.Id)];
    }

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    private static List<(string Path, long Length, DateTime Written)> Files(string root) =>
        [.. new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order()];
}
