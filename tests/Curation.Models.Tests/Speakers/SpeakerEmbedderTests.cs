using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Models.Speakers;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Speakers;

public sealed class SpeakerEmbedderTests
{
    [Theory]
    [InlineData("feature", "embedding")]
    [InlineData("x", "embedding")]
    [InlineData("feats", "embs")]
    public void Exports_of_each_toolkit_are_known_by_their_names(string input, string output)
    {
        using var tiny = VoiceGraph.Build(input, output);

        var direction = Assert.Single(new SpeakerEmbedder(tiny.Graph).Embed([VoiceGraph.Frames(10, _ => 3)], TestContext.Current.CancellationToken));

        // The mean of 7 is taken out, which leaves bin 3 alone; its mean square of 1 is already length 1.
        Assert.Equal(1, direction[3], 1e-5);
        Assert.Equal(0, direction[4], 1e-5);
    }

    [Fact]
    public void More_stretches_than_a_batch_keep_their_order()
    {
        using var tiny = VoiceGraph.Build();

        var directions = new SpeakerEmbedder(tiny.Graph).Embed([.. Enumerable.Range(0, 40).Select(voice => VoiceGraph.Frames(6, _ => voice))], TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 40), directions.Select(direction => Array.IndexOf(direction, direction.Max())));
    }

    [Fact]
    public void A_graph_with_another_input_is_refused_with_both_names()
    {
        using var tiny = new TinyGraph(builder => builder.Output("embedding", builder.Input("wave", ElementType.F32, "n", "t"), "n", "t"));

        var message = Assert.Throws<ModelUnavailableException>(() => new SpeakerEmbedder(tiny.Graph)).Message;

        Assert.Contains("feature", message, StringComparison.Ordinal);
        Assert.Contains("wave", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stretches_of_two_lengths_are_a_callers_mistake()
    {
        using var tiny = VoiceGraph.Build();

        Assert.Throws<ArgumentException>(() => new SpeakerEmbedder(tiny.Graph).Embed([VoiceGraph.Frames(6, _ => 0), VoiceGraph.Frames(7, _ => 0)], TestContext.Current.CancellationToken));
    }
}
