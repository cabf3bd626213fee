using System.Text;
using System.Text.Json;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Exporting;
using Parquet.Schema;

namespace Curation.Dataset.Tests.Exporting;

public sealed class JsonlWriterTests
{
    [Fact]
    public async Task Line_has_the_columns_of_the_Parquet_files_in_their_order()
    {
        var columns = ClipColumns.For(ClipOutcome.Retained).Select(column => column.Field).ToList();

        foreach (var row in await RowsAsync())
        {
            Assert.Equal(columns.Select(field => field.Name), row.EnumerateObject().Select(member => member.Name));
            foreach (var list in columns.OfType<ListField>())
            {
                var leaves = ((StructField)list.Item).Fields.Select(field => field.Name).ToList();
                Assert.All(row.GetProperty(list.Name).EnumerateArray(), element => Assert.Equal(leaves, element.EnumerateObject().Select(member => member.Name)));
            }
        }
    }

    [Fact]
    public async Task Line_says_of_a_clip_what_is_known_of_it()
    {
        var row = (await RowsAsync()).Single(row => row.GetProperty("clip_id").GetString() == ExportSample.Clips[2].Id.Value);

        // SampleOutcomes.Clip with index 2: it starts at 20 s and one tick, and lasts 9 s.
        Assert.Equal((20.0000001, 29.0000001, 9), (row.GetProperty("start_s").GetDouble(), row.GetProperty("end_s").GetDouble(), row.GetProperty("duration_s").GetDouble()));
        Assert.Equal((1280, 720, 30000.0 / 1001), (row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32(), row.GetProperty("fps").GetDouble()));
        Assert.Equal("multi_speech", row.GetProperty("split").GetString());
        Assert.Equal("A dog barks \"twice\", 日本語, clip 2", row.GetProperty("caption").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("video_caption").ValueKind);
        Assert.Equal(["S1", "S2"], row.GetProperty("speakers").EnumerateArray().Select(speaker => speaker.GetProperty("id").GetString()));
        Assert.Equal(["w0", "w1", "w2"], row.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("text").GetString()));
        Assert.Equal(0.02, row.GetProperty("silence_ratio").GetDouble());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("aesthetic").ValueKind);
        Assert.Equal("unmeasured", row.GetProperty("measurements")[3].GetProperty("state").GetString());
        Assert.Equal("not_applicable", row.GetProperty("verdicts")[3].GetProperty("outcome").GetString());
        Assert.Equal("CC-BY-4.0", row.GetProperty("licence").GetString());
    }

    [Fact]
    public async Task Whole_numbers_of_a_column_of_doubles_are_written_as_doubles()
    {
        var row = (await RowsAsync())[0];

        Assert.Equal(("9.0", "1280"), (row.GetProperty("duration_s").GetRawText(), row.GetProperty("width").GetRawText()));
    }

    [Fact]
    public async Task Captions_stay_readable()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.Jsonl);

        Assert.Contains("日本語", Encoding.UTF8.GetString(sample.Files()["clips.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_a_line_for_every_retained_clip_and_media_is_not_copied()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.Jsonl);

        Assert.Equal(["clips.jsonl", "export.json"], sample.Files().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ExportSample.Clips.Select(clip => clip.MediaPath).Order(StringComparer.Ordinal),
            Rows(sample).Select(row => row.GetProperty("media_path").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_measurement_of_the_catalogue_has_a_name_of_its_own()
    {
        var names = (await RowsAsync())[0].EnumerateObject().Select(member => member.Name).ToList();

        Assert.All(MeasurementCatalog.All, definition => Assert.Single(names, definition.Name));
    }

    private static async Task<List<JsonElement>> RowsAsync()
    {
        using var sample = await ExportSample.MakeAsync();
        await sample.ExportAsync(ExportFormat.Jsonl);
        return Rows(sample);
    }

    private static List<JsonElement> Rows(ExportSample sample) =>
        [.. Encoding.UTF8.GetString(sample.Files()["clips.jsonl"]).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
}
