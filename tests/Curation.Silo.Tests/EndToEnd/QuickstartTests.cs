using System.Text.RegularExpressions;
using Curation.Clips.Measuring;
using Curation.Pipeline.Runs;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>What <c>curate quickstart</c> promises: each sample video ends as its name says.</summary>
public sealed partial class QuickstartTests(QuickstartFixture quickstart)
{
    private const string Retained = "retained";
    private const string Quarantined = "quarantined";

    [Fact]
    public async Task Quickstart_ends_with_0()
    {
        var result = (await quickstart.ResultAsync()).Ended(0);

        Assert.Contains("Funnel", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", result.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flash-and-beep.mp4", 1, Retained, "sound")]
    [InlineData("scenes.mp4", 3, Retained, "sound")]
    [InlineData("spoken-line.mp4", 1, Retained, "single_speech")]
    [InlineData("out-of-sync.mp4", 1, "sync_offset_s", null)]
    [InlineData("silent.mp4", 1, "silence_ratio", null)]
    [InlineData("static.mp4", 1, "motion_ratio", null)]
    [InlineData("clipped-sound.mkv", 1, "clipping_ratio", null)]
    [InlineData("corrupt.mp4", 0, Quarantined, null)]
    public async Task Sample_ends_as_it_says(string name, int clips, string outcome, string? split)
    {
        var result = await quickstart.ResultAsync();
        if (result.Output.Contains($"{name}  this ffmpeg cannot", StringComparison.Ordinal)) Assert.Skip($"{name} was not made: this ffmpeg has no voice");

        var rows = quickstart.Dataset.Clips().Where(clip => WrittenDataset.NameOf(clip.Row["source_uri"]) == name).ToList();
        var outcomes = rows.Select(clip => clip.Table == "rejected" ? (string)clip.Row["rejected_by"]! : clip.Table == "triplets" ? Retained : clip.Table).ToList();
        var quarantined = quickstart.Dataset.Rows("quarantine").Count(row => WrittenDataset.NameOf(row["source_uri"]) == name);

        Assert.Equal(outcome == Quarantined ? 1 : 0, quarantined);
        Assert.Equal(Enumerable.Repeat(outcome, clips), outcomes);
        if (split is not null) Assert.All(rows, clip => Assert.Equal(split, clip.Row["split"]));
    }

    [Fact]
    public async Task Out_of_sync_sample_is_measured_as_late_as_it_is()
    {
        await quickstart.ResultAsync();
        var row = quickstart.Dataset.Clips().Single(clip => WrittenDataset.NameOf(clip.Row["source_uri"]) == "out-of-sync.mp4").Row;

        // SampleVideos.LateSeconds; one picture at 25 Hz is 0.04 s.
        Assert.InRange((double)row["sync_offset_s"]!, 0.8 - 0.08, 0.8 + 0.08);
    }

    [Fact]
    public async Task Rows_of_a_clip_lie_one_behind_the_other_on_the_sources_clock()
    {
        await quickstart.ResultAsync();
        var scenes = quickstart.Dataset.Clips().Where(clip => WrittenDataset.NameOf(clip.Row["source_uri"]) == "scenes.mp4")
            .Select(clip => ((double)clip.Row["start_s"]!, (double)clip.Row["end_s"]!)).Order().ToList();

        // Three scenes of 4 s at 25 Hz.
        Assert.Equal([(0, 4), (4, 8), (8, 12)], scenes);
    }

    [Fact]
    public async Task Every_measurement_is_one_whose_change_would_be_noticed()
    {
        await quickstart.ResultAsync();
        var dataset = quickstart.Dataset;
        var made = WrittenDataset.ClipTables.Where(table => dataset.Shards(table).Count > 0).SelectMany(table => WrittenDataset.Query(
            $"SELECT DISTINCT m.name AS name, m.unit AS unit, m.method AS method, m.method_version AS version FROM (SELECT unnest(measurements) AS m FROM {dataset.From(table)})")).ToList();

        Assert.NotEmpty(made);
        Assert.All(made, row =>
        {
            var (name, method, version) = ((string)row["name"]!, (string)row["method"]!, (string)row["version"]!);
            Assert.Equal(MeasurementCatalog.Get(name).Unit, row["unit"]);
            Assert.True(MethodVersions.Covers(Measurement.Unmeasured(name, "only the method counts", method, version)), $"{name}: method {method} version {version} is not in MethodVersions");
        });
    }

    [Fact]
    public async Task Every_clip_has_every_measurement_or_the_reason_why_not()
    {
        await quickstart.ResultAsync();
        var names = MeasurementCatalog.All.Select(definition => definition.Name).Order(StringComparer.Ordinal);

        Assert.All(quickstart.Dataset.Clips(), clip =>
        {
            var list = ((System.Collections.IEnumerable)clip.Row["measurements"]!).Cast<Dictionary<string, object?>>().ToList();
            Assert.Equal(names, list.Select(entry => (string)entry["name"]!).Order(StringComparer.Ordinal));
            Assert.All(list, entry =>
            {
                Assert.Equal(entry["value"], clip.Row[(string)entry["name"]!]);
                Assert.Equal(entry["value"] is null, entry["reason"] is string { Length: > 0 });
            });
        });
    }

    [Fact]
    public async Task Retained_clips_have_a_caption_and_rejected_ones_a_reason()
    {
        await quickstart.ResultAsync();

        Assert.All(quickstart.Dataset.Rows("triplets"), row => Assert.True(row["caption"] is string { Length: > 20 }));
        Assert.All(quickstart.Dataset.Rows("rejected"), row => Assert.True(row["reason"] is string { Length: > 5 }));
    }

    [Fact]
    public async Task Epilogue_names_the_corrupt_file_and_the_report()
    {
        var result = await quickstart.ResultAsync();

        Assert.Matches(CorruptLine(), result.Output);
        Assert.Contains(quickstart.Dataset.FullPath("report.html"), result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"corrupt\.mp4 \(probe\): the index")]
    private static partial Regex CorruptLine();
}
