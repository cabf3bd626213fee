using Curation.Models.Checkpoints;
using Curation.Models.Pictures;
using Curation.Models.Running;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Pictures;

public sealed class AestheticScorerTests
{
    private const int Side = 4;

    [Fact]
    public void Score_is_the_head_over_embeddings_of_length_one()
    {
        using var vision = Vision(3);
        using var head = Head(3);
        var scorer = new AestheticScorer(vision.Graph, head.Graph);

        // Embedding (3, 4, 0) has length 5; the head adds 10, 5 and 1 times its parts: 6 + 4. Embedding (0, 0, 7): 1.
        Assert.Equal(10, scorer.Score(Picture(3, 4, 0), TestContext.Current.CancellationToken), 1e-5);
        Assert.Equal(5.5, scorer.Score([.. Picture(30, 40, 0), .. Picture(0, 0, 7)], TestContext.Current.CancellationToken), 1e-5);
    }

    [Fact]
    public void A_head_for_other_embeddings_is_refused()
    {
        using var vision = Vision(3);
        using var head = Head(5);

        Assert.Contains("[-1, 3]", Assert.Throws<ModelUnavailableException>(() => new AestheticScorer(vision.Graph, head.Graph)).Message, StringComparison.Ordinal);
    }

    private static TinyGraph Vision(int channels) => new(builder =>
        builder.Output("image_embeds", builder.Mean(builder.Input("pixel_values", ElementType.F32, "n", 3, Side, Side), keep: false, 2, 3), "n", channels));

    private static TinyGraph Head(int size) => new(builder =>
    {
        var weights = builder.Table("weights", [size, 1], [.. new float[] { 10, 5, 1, 0, 0 }.Take(size)]);
        builder.Output("score", builder.MatMul(builder.Input("image_embeds", ElementType.F32, "n", size), weights), "n", 1);
    });

    private static float[] Picture(params float[] channels) => [.. channels.SelectMany(channel => Enumerable.Repeat(channel, Side * Side))];
}
