using Curation.Models.Checkpoints;
using Curation.Models.Speakers;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Speakers;

/// <summary>A speaker model whose embedding is the mean square of each bin, so that a voice is the bin that it moves.</summary>
internal static class VoiceGraph
{
    public static TinyGraph Build(string input = "feature", string output = "embedding") => new(builder =>
    {
        var features = builder.Input(input, ElementType.F32, "n", "t", SpeakerEmbedder.Bins);
        builder.Output(output, builder.Mean(builder.Multiply(features, features), keep: false, 1), "n", SpeakerEmbedder.Bins);
    });

    /// <summary>Frames in which one bin alternates between 6 and 8, so that only its mean square after the mean is gone tells the voice.</summary>
    public static float[] Frames(int count, Func<int, int> voiceOfFrame)
    {
        var features = new float[count * SpeakerEmbedder.Bins];
        Array.Fill(features, 7);
        for (var frame = 0; frame < count; frame++) features[(frame * SpeakerEmbedder.Bins) + voiceOfFrame(frame)] = frame % 2 == 0 ? 6 : 8;
        return features;
    }
}
