using Curation.Models.Alignment;
using Curation.Models.Tests.Importing;

namespace Curation.Models.Tests.Alignment;

/// <summary>The scorer over imported graphs, against outputs recorded from the upstream code with random weights (see the fixture's case.json).</summary>
public sealed class ImageBindScorerParityTests(ITestOutputHelper output)
{
    [Fact]
    public void Similarity_is_the_cosine_of_upstreams_embeddings()
    {
        using var parity = new ParityCase("imagebind-forward");
        using var graphs = new ImportedGraphs("semantic", parity, "imagebind_huge.pth");
        float[] pictures = [.. parity.Floats("vision_clip_u8").Select(value => (value / 127.5f) - 1f)];

        var similarity = new ImageBindScorer(graphs.WithInput("vision"), graphs.WithInput("audio")).Similarity(pictures, parity.Floats("audio"), TestContext.Current.CancellationToken);

        var expected = Cosine(parity.Floats("video.vision.embedding"), parity.Floats("video.audio.embedding"));
        output.WriteLine($"similarity: {Math.Abs(expected - similarity):G3}");
        Assert.Equal(expected, similarity, 1e-4);
    }

    private static double Cosine(float[] left, float[] right)
    {
        static double Product(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
        return Product(left, right) / Math.Sqrt(Product(left, left) * Product(right, right));
    }
}
