using System.Globalization;
using System.Text.Json;
using Curation.Clips.Measuring;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>The data set on disk is what the contract says, read by DuckDB and ffprobe.</summary>
public sealed class WrittenLayoutTests(QuickstartFixture quickstart)
{
    private static readonly string[] ContractEntries = ["README.md", "clips", "dataset.json", "quarantine", "rejected", "report.html", "triplets"];

    private static readonly string[] ContractColumns =
    [
        "clip_id", "source_uri", "source_sha256", "start_s", "end_s", "duration_s", "width", "height", "fps", "split", "media_path", "media_sha256",
        "caption", "video_caption", "audio_caption", "transcript", "language", "speakers", "words", "annotations", "measurements", "verdicts",
        "policy_sha256", "pipeline_version", "licence", "rights",
    ];

    [Fact]
    public async Task Folder_holds_what_the_contract_names_and_nothing_unfinished()
    {
        await quickstart.ResultAsync();
        var dataset = quickstart.Dataset;
        var entries = Directory.EnumerateFileSystemEntries(dataset.Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();

        Assert.Empty(ContractEntries.Except(entries));

        // Nothing is held under the demo policy. Beyond the contract: posters of the report, the policies that judged, and the pipeline's own state.
        Assert.Empty(entries.Except(ContractEntries).Except(["posters", "policies", "_state", ".curate.lock"]));
        dataset.AssertNothingLeftOver();
    }

    [Fact]
    public async Task Manifest_has_the_contracts_properties()
    {
        await quickstart.ResultAsync();
        var manifest = quickstart.Dataset.Manifest;

        Assert.All(["id", "parent", "created_utc", "pipeline_version", "policy", "models", "shards", "funnel", "hours"], name => Assert.True(manifest.TryGetProperty(name, out _), name));
        Assert.Equal("demo", manifest.GetProperty("policy").GetProperty("name").GetString());
        Assert.Matches("^[0-9a-f]{64}$", manifest.GetProperty("policy").GetProperty("sha256").GetString()!);
    }

    [Fact]
    public async Task Shards_have_the_rows_the_place_and_the_digest_that_the_manifest_says()
    {
        await quickstart.ResultAsync();
        var dataset = quickstart.Dataset;

        Assert.All(dataset.Manifest.GetProperty("shards").EnumerateArray().ToList(), shard =>
        {
            var path = shard.GetProperty("path").GetString()!;
            Assert.Matches("^(triplets/split=(single_speech|multi_speech|singing|sound)|rejected|held|quarantine)/[^/]+\\.parquet$", path);
            Assert.Equal(shard.GetProperty("sha256").GetString(), WrittenDataset.Sha256(dataset.FullPath(path)));
            Assert.Equal(shard.GetProperty("rows").GetInt64(), WrittenDataset.Query($"SELECT count(*) AS n FROM read_parquet('{dataset.FullPath(path)}')")[0]["n"]);
        });
    }

    [Fact]
    public async Task Funnel_adds_up_to_the_rows()
    {
        await quickstart.ResultAsync();
        var (dataset, funnel) = (quickstart.Dataset, quickstart.Dataset.Manifest.GetProperty("funnel"));

        Assert.Equal(dataset.Rows("triplets", "clip_id").Count, funnel.GetProperty("retained").GetInt32());
        Assert.Equal(dataset.Rows("rejected", "clip_id").Count, funnel.GetProperty("rejected").GetInt32());
        Assert.Equal(dataset.Rows("quarantine", "source_uri").Count, funnel.GetProperty("quarantined").GetInt32());
        Assert.Equal(dataset.Clips().Count, funnel.GetProperty("clips").GetInt32());
    }

    [Fact]
    public async Task Triplets_have_the_contracts_columns()
    {
        await quickstart.ResultAsync();
        var columns = WrittenDataset.Query($"DESCRIBE SELECT * FROM {quickstart.Dataset.From("triplets")}").ToDictionary(row => (string)row["column_name"]!, row => ((string)row["column_type"]!).Replace("\"", "", StringComparison.Ordinal));

        Assert.Empty(ContractColumns.Except(columns.Keys));
        Assert.All(MeasurementCatalog.All, definition => Assert.Equal("DOUBLE", columns[definition.Name]));
        Assert.All(["start_s", "end_s", "duration_s", "fps"], name => Assert.Equal("DOUBLE", columns[name]));
        Assert.All(["width", "height"], name => Assert.Equal("INTEGER", columns[name]));
        Assert.StartsWith("STRUCT(id VARCHAR, gender VARCHAR, gender_confidence DOUBLE, age DOUBLE, start_s DOUBLE, end_s DOUBLE)", columns["speakers"], StringComparison.Ordinal);
        Assert.StartsWith("STRUCT(filter VARCHAR, outcome VARCHAR, value DOUBLE, limit VARCHAR, reason VARCHAR)", columns["verdicts"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_rows_add_the_filter_and_the_reason()
    {
        await quickstart.ResultAsync();
        var columns = WrittenDataset.Query($"DESCRIBE SELECT * FROM {quickstart.Dataset.From("rejected")}").Select(row => (string)row["column_name"]!).ToList();

        Assert.Empty(ContractColumns.Append("rejected_by").Append("reason").Except(columns));
    }

    [Fact]
    public async Task Media_of_every_clip_is_there_and_keeps_the_contract()
    {
        await quickstart.ResultAsync();

        Assert.All(quickstart.Dataset.Rows("triplets"), row => ClipMedia.AssertContract(quickstart.Dataset, row));
    }

    [Fact]
    public async Task Report_and_card_are_written()
    {
        await quickstart.ResultAsync();
        var report = await File.ReadAllTextAsync(quickstart.Dataset.FullPath("report.html"), TestContext.Current.CancellationToken);
        var card = await File.ReadAllTextAsync(quickstart.Dataset.FullPath("README.md"), TestContext.Current.CancellationToken);

        Assert.Contains("</html>", report, StringComparison.Ordinal);
        Assert.Contains("corrupt.mp4", report, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", report, StringComparison.Ordinal);
        Assert.StartsWith("---", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_digest_is_that_of_the_file()
    {
        await quickstart.ResultAsync();

        Assert.All(quickstart.Dataset.Clips(), clip => Assert.Equal(
            WrittenDataset.Sha256(Path.Combine(quickstart.Videos, WrittenDataset.NameOf(clip.Row["source_uri"]))), clip.Row["source_sha256"]));
    }

    [Fact]
    public async Task Hours_are_those_of_the_clips()
    {
        await quickstart.ResultAsync();
        var hours = quickstart.Dataset.Manifest.GetProperty("hours");
        var seconds = quickstart.Dataset.Rows("triplets", "duration_s").Sum(row => (double)row["duration_s"]!);

        Assert.Equal(seconds / 3600, hours.GetProperty("retained").GetDouble(), 9);
        Assert.Equal(JsonValueKind.Number, hours.GetProperty("media").ValueKind);
        Assert.True(hours.GetProperty("media").GetDouble() > seconds / 3600, hours.GetRawText().ToString(CultureInfo.InvariantCulture));
    }
}
