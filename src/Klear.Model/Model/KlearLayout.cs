using Klear.Model.Text;

namespace Klear.Model.Model;

/// <summary>The parameters that a shape has, by name, without allocating any of them.</summary>
public static class KlearLayout
{
    internal const int TimeFeatures = 256;

    /// <summary>Shift, scale and gate before attention, then before the feed-forward.</summary>
    internal const int Modulations = 6;

    /// <summary>The streams in the order in which attention sees them: pictures, their text, the sound's text, sound.</summary>
    internal static readonly string[] Streams = ["video", "video_text", "audio_text", "audio"];

    /// <summary>Every parameter's name and shape.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Parameters(KlearConfig config)
    {
        long hidden = config.Hidden, head = config.HeadWidth, wide = hidden * config.FeedForward;
        long cell = (long)config.VideoChannels * config.Patch * config.Patch;
        return Linear("video_in", cell, hidden)
            .Concat(Linear("audio_in", config.AudioChannels, hidden))
            .Concat(Text("video_text_in")).Concat(Text("audio_text_in")).Concat(Speech())
            .Concat(Linear("time_in.0", TimeFeatures, hidden)).Concat(Linear("time_in.2", hidden, hidden))
            .Concat(Linear("modulation", hidden, Modulations * hidden))
            .Concat(Enumerable.Range(0, config.Layers).SelectMany(Block))
            .Concat(Final("video_out", cell)).Concat(Final("audio_out", config.AudioChannels));

        IEnumerable<(string, long[])> Text(string name) => config.TextWidth > 0
            ? Linear($"{name}.project", config.TextWidth, hidden)
            : Linear($"{name}.project", hidden, hidden).Prepend(($"{name}.pieces.weight", [config.TextBuckets, hidden]));

        IEnumerable<(string, long[])> Speech() => config.SpeechWidth == 0
            ? []
            : Linear("speech_in.project", config.SpeechWidth, hidden).Prepend(("speech_in.bytes.weight", [SpeechTokens.Rows, config.SpeechWidth]));

        IEnumerable<(string, long[])> Block(int index)
        {
            var name = $"blocks.{index}";
            var weights = config.SharedWeights ? ["shared"] : Streams;
            return weights.SelectMany(stream => Linear($"{name}.{stream}.qkv", hidden, 3 * hidden)
                    .Append(($"{name}.{stream}.q_norm.weight", [head])).Append(($"{name}.{stream}.k_norm.weight", [head]))
                    .Concat(Linear($"{name}.{stream}.project", hidden, hidden))
                    .Concat(Linear($"{name}.{stream}.up", hidden, wide)).Concat(Linear($"{name}.{stream}.down", wide, hidden)))
                .Prepend(($"{name}.offsets", [Streams.Length, Modulations, hidden]));
        }

        IEnumerable<(string, long[])> Final(string name, long outputs) => Linear($"{name}.project", hidden, outputs).Prepend(($"{name}.offsets", [2, hidden]));
    }

    /// <summary>How many numbers a model of this shape learns.</summary>
    public static long Count(KlearConfig config) => Parameters(config).Sum(parameter => parameter.Shape.Aggregate(1L, (count, size) => checked(count * size)));

    private static IEnumerable<(string Name, long[] Shape)> Linear(string name, long inputs, long outputs) =>
        [($"{name}.weight", [outputs, inputs]), ($"{name}.bias", [outputs])];
}
