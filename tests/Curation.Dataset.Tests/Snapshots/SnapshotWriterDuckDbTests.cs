using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using DuckDB.NET.Data;

namespace Curation.Dataset.Tests.Snapshots;

/// <summary>What an independent reader, DuckDB 1.5.6, makes of the files.</summary>
public sealed class SnapshotWriterDuckDbTests
{
    [Fact]
    public async Task Glob_counts_rows_by_split()
    {
        using var dataset = await CommittedAsync();

        var rows = await QueryAsync($"SELECT split, count(*), count(DISTINCT clip_id) FROM read_parquet('{dataset.Path}/triplets/**/*.parquet', hive_partitioning=true) GROUP BY split ORDER BY split");

        Assert.Equal(["multi_speech|7|7", "singing|7|7", "single_speech|7|7", "sound|7|7"], rows);
    }

    [Fact]
    public async Task Glob_over_the_whole_data_set_after_two_commits_sees_each_clip_once()
    {
        using var dataset = await CommittedAsync();
        await dataset.AddAsync(SampleOutcomes.Source(100));
        await dataset.CommitAsync();

        var rows = await QueryAsync($"SELECT count(*), count(DISTINCT clip_id) FROM read_parquet('{dataset.Path}/**/*.parquet', union_by_name=true) WHERE clip_id IS NOT NULL");

        Assert.Equal(["48|48"], rows);
    }

    [Fact]
    public async Task Columns_of_triplets_are_the_contract()
    {
        using var dataset = await CommittedAsync();

        var columns = await QueryAsync($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('{dataset.Path}/triplets/**/*.parquet', hive_partitioning=false))");

        string[] expected =
        [
            "clip_id|VARCHAR", "source_uri|VARCHAR", "source_sha256|VARCHAR", "start_s|DOUBLE", "end_s|DOUBLE", "duration_s|DOUBLE",
            "width|INTEGER", "height|INTEGER", "fps|DOUBLE", "split|VARCHAR", "media_path|VARCHAR", "media_sha256|VARCHAR", "poster_path|VARCHAR",
            "caption|VARCHAR", "video_caption|VARCHAR", "audio_caption|VARCHAR", "transcript|VARCHAR", "language|VARCHAR",
            "speakers|STRUCT(id VARCHAR, gender VARCHAR, gender_confidence DOUBLE, age DOUBLE, start_s DOUBLE, end_s DOUBLE)[]",
            "words|STRUCT(text VARCHAR, start_s DOUBLE, end_s DOUBLE, speaker VARCHAR)[]",
            "annotations|STRUCT(kind VARCHAR, text VARCHAR, model VARCHAR, model_version VARCHAR, confidence DOUBLE)[]",
            .. MeasurementCatalog.All.Select(definition => $"{definition.Name}|DOUBLE"),
            "measurements|STRUCT(name VARCHAR, value DOUBLE, unit VARCHAR, method VARCHAR, method_version VARCHAR, state VARCHAR, reason VARCHAR)[]",
            "verdicts|STRUCT(filter VARCHAR, outcome VARCHAR, value DOUBLE, limit VARCHAR, reason VARCHAR)[]",
            "policy_sha256|VARCHAR", "pipeline_version|VARCHAR", "licence|VARCHAR", "rights|VARCHAR",
            "duplicate_of|VARCHAR", "duplicate_kind|VARCHAR", "picture_signature|VARCHAR", "sound_signature|VARCHAR",
        ];
        Assert.Equal(expected, columns.Select(column => column.Replace("\"", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("rejected", "rejected_by|reason")]
    [InlineData("held", "reason")]
    public async Task Rejected_and_held_add_their_reason(string folder, string added)
    {
        using var dataset = await CommittedAsync();

        var triplets = await QueryAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM '{dataset.Path}/triplets/**/*.parquet')");
        var other = await QueryAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM '{dataset.Path}/{folder}/*.parquet')");

        Assert.Equal(added.Split('|'), other.Except(triplets));
        Assert.Empty(triplets.Except(other));
    }

    [Fact]
    public async Task Quarantine_is_the_contract()
    {
        using var dataset = await CommittedAsync();

        var rows = await QueryAsync($"SELECT source_uri, length(source_sha256), size_bytes, stage, reason FROM '{dataset.Path}/quarantine/*.parquet'");

        Assert.Equal(["file:///media/broken%200001.mp4|64|17|probe|moov atom not found"], rows);
    }

    [Fact]
    public async Task Lists_keep_their_elements_and_empty_lists_are_not_null()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1, retained: 1, words: 0), SampleOutcomes.Source(2, retained: 1, words: 3));
        await dataset.CommitAsync();

        var rows = await QueryAsync($"SELECT len(words), words[3].text, words[2].speaker IS NULL, speakers[2].age, len(measurements), list_filter(measurements, m -> m.state = 'unmeasured')[1].reason, list_transform(verdicts, v -> v.outcome) FROM '{dataset.Path}/triplets/**/*.parquet' ORDER BY source_uri");

        Assert.Equal(
            [
                "0||True||5|no model in slot aesthetic|pass,unmeasured,pass,not_applicable",
                "3|w2|True|42|5|no model in slot aesthetic|pass,unmeasured,pass,not_applicable",
            ],
            rows);
    }

    [Fact]
    public async Task Doubles_and_nulls_are_exact()
    {
        using var dataset = await CommittedAsync();

        var rows = await QueryAsync($"SELECT DISTINCT snr_db = 0.1::DOUBLE + 0.2::DOUBLE, aesthetic IS NULL, mos IS NULL, fps = 30000::DOUBLE / 1001, abs(end_s - start_s - 9) < 1e-9, duration_s FROM '{dataset.Path}/triplets/**/*.parquet'");

        Assert.Equal(["True|True|True|True|True|9"], rows);
    }

    [Fact]
    public async Task Row_groups_have_statistics_on_clip_id_start_and_measurements()
    {
        using var dataset = await CommittedAsync();

        var rows = await QueryAsync($"SELECT path_in_schema, bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL) FROM parquet_metadata('{dataset.Path}/triplets/**/*.parquet') WHERE path_in_schema IN ('clip_id', 'start_s', 'snr_db', 'silence_ratio') GROUP BY 1 ORDER BY 1");

        Assert.Equal(["clip_id|True", "silence_ratio|True", "snr_db|True", "start_s|True"], rows);
    }

    [Fact]
    public async Task Statistics_are_true()
    {
        using var dataset = await CommittedAsync();

        // DuckDB skips row groups by their statistics: a wrong bound would lose rows.
        var clips = await dataset.ReadClipsAsync(await dataset.Reader.ReadManifestAsync(SampleDataset.Cancel), ClipOutcome.Retained);
        foreach (var clip in clips)
        {
            var start = clip.Span.Start.TotalSeconds.ToString("R", CultureInfo.InvariantCulture);
            Assert.Equal(["1"], await QueryAsync($"SELECT count(*) FROM '{dataset.Path}/triplets/**/*.parquet' WHERE clip_id = '{clip.Id}' AND start_s >= {start} AND start_s <= {start}"));
        }
    }

    private static async Task<SampleDataset> CommittedAsync()
    {
        var dataset = new SampleDataset();
        await dataset.AddAsync([.. Enumerable.Range(0, 7).Select(number => SampleOutcomes.Source(number)), SampleOutcomes.Quarantined(1)]);
        await dataset.CommitAsync();
        return dataset;
    }

    private static async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(SampleDataset.Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(SampleDataset.Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(SampleDataset.Cancel))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : Text(reader.GetValue(column)))));
        }

        return rows;
    }

    private static string Text(object value) => value is IEnumerable<string> list
        ? string.Join(',', list)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
