using Curation.Models.Alignment;
using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Alignment;

public sealed class ImageBindScorerTests
{
    private const int ChannelValues = 2 * 224 * 224;
    private const int SoundPart = 128 * 204 / 3;

    [Fact]
    public void Similarity_is_the_cosine_of_the_mean_directions()
    {
        using var vision = Vision("vision");
        using var audio = Audio(scale: 1);
        var scorer = new ImageBindScorer(vision.Graph, audio.Graph);

        // Picture pieces (5, 0, 0) and (0, 1, 0) point to (1, 1, 0) / sqrt 2 together, whatever their lengths.
        var similarity = scorer.Similarity([.. Picture(5, 0, 0), .. Picture(0, 1, 0)], Sound(1, 0, 0), TestContext.Current.CancellationToken);

        Assert.Equal(1 / Math.Sqrt(2), similarity, 1e-6);
    }

    [Fact]
    public void Upstreams_logit_scale_on_sound_changes_nothing()
    {
        using var vision = Vision("vision");
        using var audio = Audio(scale: 20);
        var scorer = new ImageBindScorer(vision.Graph, audio.Graph);

        Assert.Equal(0.96, scorer.Similarity(Picture(3, 4, 0), Sound(4, 3, 0), TestContext.Current.CancellationToken), 1e-6);
        Assert.Equal(-1, scorer.Similarity(Picture(0, 0, 2), Sound(0, 0, -3), TestContext.Current.CancellationToken), 1e-6);
    }

    [Fact]
    public void A_sound_trunk_in_the_place_of_the_picture_trunk_is_refused()
    {
        using var audio = Audio(scale: 1);

        Assert.Contains("vision", Assert.Throws<ModelUnavailableException>(() => new ImageBindScorer(audio.Graph, audio.Graph)).Message, StringComparison.Ordinal);
    }

    private static TinyGraph Vision(string input) => new(builder =>
        builder.Output("embedding", builder.Mean(builder.Input(input, ElementType.F32, "n", 3, 2, 224, 224), keep: false, 2, 3, 4), "n", 3));

    private static TinyGraph Audio(double scale) => new(builder =>
    {
        var parts = builder.Reshape(builder.Input("audio", ElementType.F32, "n", 1, 128, 204), 0, 3, -1);
        builder.Output("embedding", builder.Multiply(builder.Mean(parts, keep: false, 2), builder.Number(scale)), "n", 3);
    });

    private static float[] Picture(params float[] channels) => [.. channels.SelectMany(channel => Enumerable.Repeat(channel, ChannelValues))];

    private static float[] Sound(params float[] parts) => [.. parts.SelectMany(part => Enumerable.Repeat(part, SoundPart))];
}
