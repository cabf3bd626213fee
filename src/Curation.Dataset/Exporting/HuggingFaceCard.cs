using System.Globalization;
using System.Text;
using Curation.Clips.Measuring;
using Curation.Dataset.Snapshots;
using Parquet.Schema;

namespace Curation.Dataset.Exporting;

/// <summary>The README.md of a folder for Hugging Face: which files are which split, what the columns are, and how to reach the video.</summary>
internal static class HuggingFaceCard
{
    /// <summary>Where the Parquet files lie.</summary>
    public const string DataFolder = "data";

    private const string Loading = """
        ## How to load

        ```python
        from datasets import load_dataset

        folder = "."                      # this folder
        clips = load_dataset(folder)      # one split for each kind of sound
        ```

        The columns hold everything but picture and sound; `media_path` is the clip's file in this folder, an MP4 with H.264 and FLAC.
        `datasets` decodes it where `torchcodec` is installed:

        ```python
        from datasets import Video

        def with_video(row):
            return {"video": f"{folder}/{row['media_path']}"}

        clips = clips.map(with_video).cast_column("video", Video())
        ```

        Its sound: `torchcodec.decoders.AudioDecoder(f"{folder}/{row['media_path']}")`. First picture and first sound are the same instant;
        both streams start at 0, with and without edit lists.

        """;

    private const string Columns = """
        ## Columns

        Times are seconds. `start_s` and `end_s` are on the source's clock, half-open; those of `speakers` and `words` count from the clip's start.
        `caption` is the unified dense caption; `video_caption`, `audio_caption`, `transcript` and `annotations` are what it was made from.
        `measurements` holds every measurement with its unit and method, or the reason why there is none; `verdicts` holds what the policy said of each.
        Those with a column of their own are null where they could not be measured:

        | column | unit | what it is |
        |---|---|---|
        """;

    private const string Licence = """

        ## Licence

        The clips stay under the licences of their sources. `licence` and `rights` carry what the input list said of each; null means that nothing was said, not that there are no rights.
        """;

    /// <summary>The card.</summary>
    /// <param name="manifest">The snapshot with the shards that were exported.</param>
    /// <param name="fields">Columns of the Parquet files.</param>
    /// <param name="tally">What was exported.</param>
    /// <returns>Markdown with YAML front matter, as UTF-8.</returns>
    public static byte[] Write(SnapshotManifest manifest, IReadOnlyList<Field> fields, ExportTally tally)
    {
        var card = new StringBuilder();
        WriteFrontMatter(card, fields, tally);
        Line(card, $"# Audio-video-caption triplets");
        card.AppendLine();
        Line(card, $"{tally.Clips} clips ({tally.Hours:0.###} hours): {string.Join(", ", tally.BySplit.Select(split => $"{split.Value} `{split.Key}`"))}. Each is one scene with picture and sound in step, measured, judged by policy `{manifest.Policy.Name}`, and described in words.");
        Line(card, $"Exported from snapshot `{manifest.Id}`; the Parquet files are those of the data set, byte for byte. `export.json` says the same to programs.");
        card.AppendLine();
        card.AppendLine(Loading);
        card.AppendLine(Columns);
        var names = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var definition in MeasurementCatalog.All.Where(definition => names.Contains(definition.Name))) Line(card, $"| `{definition.Name}` | {definition.Unit} | {definition.Description} |");
        card.AppendLine(Licence);
        return Encoding.UTF8.GetBytes(card.ToString().ReplaceLineEndings("\n"));
    }

    private static void WriteFrontMatter(StringBuilder card, IReadOnlyList<Field> fields, ExportTally tally)
    {
        card.AppendLine("---");
        card.AppendLine("pretty_name: Audio-video-caption triplets");
        card.AppendLine("license: other");
        card.AppendLine("task_categories: [text-to-video, text-to-audio, video-text-to-text]");
        card.AppendLine("tags: [audio, video, captions, joint-audio-video-generation]");
        card.AppendLine("configs:");
        card.AppendLine("- config_name: default");
        card.AppendLine("  data_files:");
        foreach (var split in tally.BySplit.Keys)
        {
            Line(card, $"  - split: {split}");
            Line(card, $"    path: {DataFolder}/{split}-*.parquet");
        }

        card.AppendLine("dataset_info:");
        card.AppendLine("  features:");
        foreach (var field in fields) WriteFeature(card, field, "  ");
        card.AppendLine("---");
        card.AppendLine();
    }

    // "list" is how the library writes a list of structs; its "sequence" of structs would be a struct of lists.
    private static void WriteFeature(StringBuilder card, Field field, string indent)
    {
        Line(card, $"{indent}- name: {field.Name}");
        if (field is ListField { Item: StructField element })
        {
            Line(card, $"{indent}  list:");
            foreach (var leaf in element.Fields) WriteFeature(card, leaf, indent + "  ");
        }
        else if (field is DataField leaf)
        {
            Line(card, $"{indent}  dtype: {TypeOf(leaf)}");
        }
        else
        {
            throw new NotSupportedException($"Column {field.Name} is neither a value nor a list of structs.");
        }
    }

    private static string TypeOf(DataField field) =>
        field.ClrType == typeof(double) ? "float64"
        : field.ClrType == typeof(int) ? "int32"
        : field.ClrType == typeof(long) ? "int64"
        : "string";

    private static void Line(StringBuilder card, FormattableString text) => card.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
