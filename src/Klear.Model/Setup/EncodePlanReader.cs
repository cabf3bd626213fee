using System.Globalization;
using Curation.Yaml;
using Klear.Model.Data;
using Klear.Model.Training.Plans;

namespace Klear.Model.Setup;

/// <summary>Reads the part of a plan that says how clips are encoded.</summary>
internal static class EncodePlanReader
{
    private const int MostChannels = 1 << 16;
    private const int MostSpeechBytes = 8192;

    /// <summary>Reads the section; what is wrong with it is written down.</summary>
    /// <param name="root">The plan.</param>
    public static EncodePlan Read(PlanSection root)
    {
        var d = new EncodePlan();
        if (root.Section("encode") is not { } section) return d;

        var plan = new EncodePlan
        {
            Clips = ReadClips(section, d.Clips),
            Video = ReadVideo(section, d.Video),
            Audio = ReadAudio(section, d.Audio),
            Text = ReadText(section, d.Text),
        };
        section.Close();
        return plan;
    }

    private static EncodeOptions ReadClips(PlanSection section, EncodeOptions d) => d with
    {
        PicturesPerSecond = (int)section.Whole("pictures_per_second", d.PicturesPerSecond, 1, 120),
        Sizes = section.Find("sizes") is { } sizes ? Items(section, sizes, "sizes", "64x64", item => ReadSize(section, item)) : d.Sizes,
        Seconds = section.Find("seconds") is { } seconds ? Items(section, seconds, "seconds", "2", item => section.Number(item, section.PathOf("seconds"), new PlanRange(0, 600, LowOpen: true))) : d.Seconds,
        KeepUncaptioned = section.Choice("keep_uncaptioned", d.KeepUncaptioned, PlanNames.Flags),
    };

    private static VideoCodecChoice ReadVideo(PlanSection root, VideoCodecChoice d)
    {
        if (root.Section("video") is not { } section) return d;

        var choice = new VideoCodecChoice { Channels = (int)section.Whole("channels", d.Channels, 1, MostChannels), Wan = section.Path("wan") };
        section.Close();
        return choice;
    }

    private static AudioCodecChoice ReadAudio(PlanSection root, AudioCodecChoice d)
    {
        if (root.Section("audio") is not { } section) return d;

        var choice = new AudioCodecChoice { Channels = (int)section.Whole("channels", d.Channels, 1, MostChannels), MmAudio = section.Path("mmaudio"), BigVgan = section.Path("bigvgan") };
        if (choice.MmAudio is null != choice.BigVgan is null) section.Add(section.Node, "encode.audio names one of mmaudio and bigvgan; the latents of the one are played with the other, so both or neither are needed");
        section.Close();
        return choice;
    }

    private static TextEncoderChoice ReadText(PlanSection root, TextEncoderChoice d)
    {
        if (root.Section("text") is not { } section) return d;

        var choice = new TextEncoderChoice
        {
            Buckets = (int)section.Whole("buckets", d.Buckets, 2, 1 << 24),
            Tokens = (int)section.Whole("tokens", d.Tokens, 1, 8192),
            Onnx = section.Path("onnx"),
            Speech = section.Choice("speech", d.Speech, PlanNames.SpeechPaths),
            SpeechBytes = (int)section.Whole("speech_bytes", d.SpeechBytes, 1, MostSpeechBytes),
        };
        section.Close();
        return choice;
    }

    private static List<T> Items<T>(PlanSection section, YamlNode node, string key, string example, Func<YamlNode, T?> read)
        where T : struct
    {
        if (node is YamlSequence { Items: { Count: > 0 } items }) return [.. items.Select(read).OfType<T>()];

        section.Add(node, $"{section.PathOf(key)} must be a list such as [{example}], not {node.Kind}");
        return [];
    }

    private static PictureSize? ReadSize(PlanSection section, YamlNode node)
    {
        if (node is YamlScalar scalar && scalar.Text.Split('x') is [var width, var height]
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            && columns is >= 8 and <= 8192 && rows is >= 8 and <= 8192) return new PictureSize(columns, rows);

        section.Add(node, $"{section.PathOf("sizes")} holds {node.Kind}; a size is its width and height from 8 to 8192, such as 64x64");
        return null;
    }
}
