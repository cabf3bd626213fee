using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Curation.Clips;
using Klear.Model.Codecs;

namespace Klear.Model.Data;

/// <summary>What is to be made of one clip.</summary>
internal sealed record ClipPlan
{
    public required string Key { get; init; }

    public required Split Split { get; init; }

    public required string MediaPath { get; init; }

    public required PictureSize Size { get; init; }

    public required double Seconds { get; init; }

    public required int Pictures { get; init; }

    public required int AudioFrames { get; init; }

    public required ClipTexts Texts { get; init; }

    public required string? Caption { get; init; }

    public required IReadOnlyDictionary<string, double> Measurements { get; init; }

    /// <summary>Path of the tensors in the cache.</summary>
    public required string File { get; init; }

    /// <summary>Hash of all that the tensors depend on; a file with the same stamp need not be made again.</summary>
    public required string Stamp { get; init; }

    /// <summary>Plans a clip, or says why it is left out.</summary>
    public static (ClipPlan? Plan, string? LeftOut) Of(ClipRecord clip, string datasetFolder, LatentIdentity identity, IVideoCodec video, IAudioCodec audio, int? speechBytes)
    {
        var options = identity.Options;
        if (clip.MediaPath is null) return (null, "it has no media");
        if (options.LongestWithin(clip.Span.Duration.TotalSeconds) is not { } seconds)
        {
            return (null, FormattableString.Invariant($"it lasts {clip.Span.Duration.TotalSeconds:0.###} s, the shortest length is {options.Seconds.Min():0.###} s"));
        }

        var texts = ClipTexts.Of(clip, speechBytes);
        if (texts.IsEmpty && !options.KeepUncaptioned) return (null, Uncaptioned);

        var size = PictureSize.Nearest(options.Sizes, clip.Width, clip.Height);
        return (new ClipPlan
        {
            Key = clip.Id.Value,
            Split = clip.Split ?? Split.Sound,
            MediaPath = Path.GetFullPath(Path.Combine(datasetFolder, clip.MediaPath)),
            Size = size,
            Seconds = seconds,
            Pictures = options.Pictures(seconds, video),
            AudioFrames = EncodeOptions.AudioFrames(seconds, audio),
            Texts = texts,
            Caption = clip.Caption,
            Measurements = clip.Measurements.Where(measured => measured.Value is not null).ToDictionary(measured => measured.Name, measured => measured.Value!.Value, StringComparer.Ordinal),
            File = $"{LatentFile.Folder}/{clip.Id.Value[..2]}/{clip.Id.Value}.safetensors",
            Stamp = StampOf(clip, identity, size, seconds, texts),
        }, null);
    }

    /// <summary>The reason of clips without any caption.</summary>
    public const string Uncaptioned = "it has no caption";

    // Not what is said, of which the file holds nothing where it is no part of the audio text. Not the snapshot nor the lists of sizes and lengths: a clip that stays in a grown data set keeps its file.
    private static string StampOf(ClipRecord clip, LatentIdentity identity, PictureSize size, double seconds, ClipTexts texts)
    {
        string[] parts =
        [
            clip.Id.Value, clip.MediaSha256 ?? "", identity.VideoCodec, identity.AudioCodec, identity.TextEncoder,
            FormattableString.Invariant($"{identity.Options.PicturesPerSecond} {size.Width} {size.Height} {seconds:R}"), texts.Video, texts.Audio,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }
}
