using System.Buffers;
using System.Text.Json;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Exporting;

/// <summary>The content of <c>export.json</c>: what was exported, and out of what. It has no time in it, so that the same snapshot gives the same bytes.</summary>
internal static class ExportHeader
{
    public const string Name = "export.json";

    /// <summary>The bytes of the file.</summary>
    /// <param name="address">Address of the data set: paths in rows are relative to it.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="format">The export's.</param>
    /// <param name="tally">What is in it.</param>
    public static byte[] Write(string address, SnapshotManifest manifest, ExportFormat format, ExportTally tally)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", format.ToName());
            json.WriteString("dataset", address);
            json.WriteString("snapshot", manifest.Id);
            json.WriteString("policy", manifest.Policy.Name);
            json.WriteString("policy_sha256", manifest.Policy.Sha256);
            json.WriteString("pipeline_version", manifest.PipelineVersion);
            json.WriteNumber("clips", tally.Clips);
            json.WriteNumber("hours", tally.Hours);
            json.WriteStartObject("by_split");
            foreach (var (split, clips) in tally.BySplit) json.WriteNumber(split, clips);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
