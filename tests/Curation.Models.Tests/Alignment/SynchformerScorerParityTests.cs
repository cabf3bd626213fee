using Curation.Models.Alignment;
using Curation.Models.Tests.Importing;

namespace Curation.Models.Tests.Alignment;

/// <summary>The scorer over an imported graph, against outputs recorded from the upstream code with random weights (see the fixture's case.json).</summary>
public sealed class SynchformerScorerParityTests(ITestOutputHelper output)
{
    [Fact]
    public void Prediction_is_the_softmax_of_upstreams_logits_turned_round()
    {
        using var parity = new ParityCase("synchformer-forward");
        using var graphs = new ImportedGraphs("sync", parity, "synchformer.pt");

        const int Segments = 3;
        var prediction = new SynchformerScorer(graphs.WithInput("vis")).Score(Video(parity, Segments), parity.Floats("audio")[..(Segments * 128 * 66)], TestContext.Current.CancellationToken);

        var logits = parity.Floats("s3.logits");
        var odds = logits.Select(logit => Math.Exp(logit)).ToArray();
        var upstreamExpected = odds.Select((odd, index) => odd / odds.Sum() * (-2 + (index * 0.2))).Sum();
        var upstreamMass = odds[9..12].Sum() / odds.Sum();
        output.WriteLine($"expected offset: {Math.Abs(-upstreamExpected - prediction.ExpectedOffsetSeconds):G3} s, mass near zero: {Math.Abs(upstreamMass - prediction.MassNearZero):G3}");
        Assert.Equal(-upstreamExpected, prediction.ExpectedOffsetSeconds, 1e-4);
        Assert.Equal(-(-2 + (Array.IndexOf(logits, logits.Max()) * 0.2)), prediction.BestOffsetSeconds, 1e-9);
        Assert.Equal(upstreamMass, prediction.MassNearZero, 1e-4);
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
