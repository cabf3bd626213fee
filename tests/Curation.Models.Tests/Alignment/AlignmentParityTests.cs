using Curation.Models.Alignment;
using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Curation.Models.Running;
using Curation.Models.Tests.Importing;

namespace Curation.Models.Tests.Alignment;

/// <summary>The scorers over imported graphs, against outputs recorded from the upstream code with random weights (see the fixtures' case.json).</summary>
public sealed class AlignmentParityTests(ITestOutputHelper output)
{
    [Fact]
    public void Synchformers_prediction_is_the_softmax_of_upstreams_logits_turned_round()
    {
        using var parity = new ParityCase("synchformer-forward");
        using var graph = Import("sync", parity, "synchformer.pt").Single();

        const int Segments = 3;
        var prediction = new SynchformerScorer(graph).Score(Video(parity, Segments), parity.Floats("audio")[..(Segments * 128 * 66)], TestContext.Current.CancellationToken);

        var logits = parity.Floats("s3.logits");
        var odds = logits.Select(logit => Math.Exp(logit)).ToArray();
        var upstreamExpected = odds.Select((odd, index) => odd / odds.Sum() * (-2 + (index * 0.2))).Sum();
        output.WriteLine($"expected offset: {Math.Abs(-upstreamExpected - prediction.ExpectedOffsetSeconds):G3} s, mass near zero: {Math.Abs((odds[9..12].Sum() / odds.Sum()) - prediction.MassNearZero):G3}");
        Assert.Equal(-upstreamExpected, prediction.ExpectedOffsetSeconds, 1e-4);
        Assert.Equal(-(-2 + (Array.IndexOf(logits, logits.Max()) * 0.2)), prediction.BestOffsetSeconds, 1e-9);
        Assert.Equal(odds[9..12].Sum() / odds.Sum(), prediction.MassNearZero, 1e-4);
    }

    [Fact]
    public void ImageBinds_similarity_is_the_cosine_of_upstreams_embeddings()
    {
        using var parity = new ParityCase("imagebind-forward");
        var graphs = Import("semantic", parity, "imagebind_huge.pth");
        try
        {
            var vision = graphs.Single(graph => graph.Inputs.ContainsKey("vision"));
            var audio = graphs.Single(graph => graph.Inputs.ContainsKey("audio"));

            var similarity = new ImageBindScorer(vision, audio).Similarity([.. parity.Floats("vision_clip_u8").Select(value => (value / 127.5f) - 1f)], parity.Floats("audio"), TestContext.Current.CancellationToken);

            output.WriteLine($"similarity: {Math.Abs(Cosine(parity.Floats("video.vision.embedding"), parity.Floats("video.audio.embedding")) - similarity):G3}");
            Assert.Equal(Cosine(parity.Floats("video.vision.embedding"), parity.Floats("video.audio.embedding")), similarity, 1e-4);
        }
        finally
        {
            foreach (var graph in graphs) graph.Dispose();
        }
    }

    private static List<OnnxGraph> Import(string slot, ParityCase parity, string file)
    {
        using var checkpoint = CheckpointFile.Open(parity.Checkpoint(file));
        return [.. ModelImporters.For(slot).Import(checkpoint, parity.Folder, new ImportOptions(), TestContext.Current.CancellationToken).Select(path => OnnxGraph.Open(path, new ModelDevice(Threads: 2)))];
    }

    private static double Cosine(float[] left, float[] right)
    {
        double Product(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
        return Product(left, right) / Math.Sqrt(Product(left, left) * Product(right, right));
    }

    /// <summary>The fixture's rule: coarse frames 8 times enlarged plus a texture, over 255, minus 1; segment s is frames 8s to 8s + 15.</summary>
    private static float[] Video(ParityCase parity, int segments)
    {
        const int Side = 224;
        var coarse = parity.Tensor("frames_small").Bytes;
        var texture = parity.Tensor("texture").Bytes;
        var planes = Enumerable.Range(0, segments).SelectMany(segment => Enumerable.Range(8 * segment, 16)).SelectMany(frame => Enumerable.Range(0, 3).Select(channel => (frame, channel)));
        var video = new List<float>(segments * 16 * 3 * Side * Side);
        foreach (var (frame, channel) in planes)
        {
            var small = coarse.Span.Slice(((frame * 3) + channel) * 28 * 28, 28 * 28);
            var grain = texture.Span.Slice(channel * Side * Side, Side * Side);
            for (var pixel = 0; pixel < Side * Side; pixel++) video.Add(((small[(pixel / Side / 8 * 28) + (pixel % Side / 8)] + grain[pixel]) / 255f) - 1f);
        }

        return [.. video];
    }
}
