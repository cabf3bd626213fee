using System.Globalization;
using System.Text.Json;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A retained clip's file, as ffprobe sees it.</summary>
internal static class ClipMedia
{
    /// <summary>Fails unless the row's media is where, what and as aligned as the contract says.</summary>
    public static void AssertContract(WrittenDataset dataset, IReadOnlyDictionary<string, object?> row)
    {
        var (id, path) = ((string)row["clip_id"]!, (string)row["media_path"]!);
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal($"clips/{id[..2]}/{id}.mp4", path);
        var full = dataset.FullPath(path);
        Assert.Equal(row["media_sha256"], WrittenDataset.Sha256(full));

        var asRead = Probe(full);
        var (picture, sound) = Streams(asRead);
        Assert.Equal("h264", Text(picture, "codec_name"));
        Assert.Equal("yuv420p", Text(picture, "pix_fmt"));
        Assert.Equal(0, picture.GetProperty("has_b_frames").GetInt32());
        Assert.Equal(row["width"], picture.GetProperty("width").GetInt32());
        Assert.Equal(row["height"], picture.GetProperty("height").GetInt32());
        Assert.Equal("flac", Text(sound, "codec_name"));
        Assert.Equal("48000", Text(sound, "sample_rate"));

        // Half a picture: the span is on the source's clock, the file on a constant rate.
        var seconds = (double)row["duration_s"]!;
        var picturePeriod = 1 / (double)row["fps"]!;
        Assert.InRange(Seconds(picture, "duration"), seconds - (0.6 * picturePeriod), seconds + (0.6 * picturePeriod));
        Assert.InRange(Seconds(sound, "duration"), seconds - 0.001, seconds + 0.001);

        // With and without edit lists, as a reader that ignores them sees it.
        Assert.InRange(Skew(asRead), -0.001, 0.001);
        Assert.InRange(Skew(Probe(full, "-ignore_editlist", "1")), -0.001, 0.001);
        Assert.InRange((double)row["container_skew_s"]!, 0, 0.001);

        // Decodes to its end without a complaint.
        Assert.Equal("", Tool.Try("ffmpeg", "-v", "error", "-xerror", "-i", full, "-f", "null", "-").Said);
    }

    // Streams and packets in one call: a start of ffprobe costs more than what it reads of a clip.
    private static JsonElement Probe(string path, params string[] options) =>
        JsonDocument.Parse(Tool.Run("ffprobe", [.. options, "-v", "error", "-show_streams", "-show_packets", "-of", "json", path])).RootElement;

    private static (JsonElement Picture, JsonElement Sound) Streams(JsonElement probed)
    {
        var streams = probed.GetProperty("streams").EnumerateArray().ToList();
        Assert.Equal(2, streams.Count);
        return (streams.Single(stream => Text(stream, "codec_type") == "video"), streams.Single(stream => Text(stream, "codec_type") == "audio"));
    }

    private static double Skew(JsonElement probed) => First(probed, "audio") - First(probed, "video");

    /// <summary>Presentation time of the packet that is presented first.</summary>
    private static double First(JsonElement probed, string type) =>
        probed.GetProperty("packets").EnumerateArray().Where(packet => Text(packet, "codec_type") == type).Min(packet => Seconds(packet, "pts_time"));

    private static string? Text(JsonElement stream, string name) => stream.GetProperty(name).GetString();

    private static double Seconds(JsonElement stream, string name) => double.Parse(Text(stream, name)!, CultureInfo.InvariantCulture);
}
