using Curation.Models.Checkpoints;
using Curation.Models.Contracts;
using Curation.Models.Graphs;
using Curation.Models.Pictures;
using Curation.Models.Running;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Pictures;

public sealed class SafetyClassifierTests
{
    private const int Side = 8;
    private const int Length = 3 * Side * Side;

    private static readonly LabelList NormalFirst = new(["normal", "nsfw"]);

    [Fact]
    public void Score_is_the_softmax_of_the_class_named_nsfw()
    {
        using var tiny = new TinyGraph(Build);
        var classifier = new SafetyClassifier(tiny.Graph, NormalFirst);

        // Logits are (m, -m) for a picture of mean m; e^(ln 3) : 1 is 0.75 : 0.25.
        var score = classifier.Score(Pictures([-Math.Log(3) / 2, Math.Log(3) / 2]), TestContext.Current.CancellationToken);

        Assert.Equal(0.75, score.Highest, 1e-6);
        Assert.Equal(0.5, score.Mean, 1e-6);
        Assert.Equal([0.75, 0.25], score.Pictures, (expected, actual) => Math.Abs(expected - actual) < 1e-6);
    }

    [Fact]
    public void Labels_in_the_other_order_turn_the_score_round()
    {
        using var tiny = new TinyGraph(Build);

        var score = new SafetyClassifier(tiny.Graph, new LabelList(["nsfw", "normal"])).Score(Pictures([Math.Log(3) / 2]), TestContext.Current.CancellationToken);

        Assert.Equal(0.75, score.Highest, 1e-6);
    }

    [Fact]
    public void More_pictures_than_a_batch_keep_their_order()
    {
        using var tiny = new TinyGraph(Build);
        var means = Enumerable.Range(0, 37).Select(i => i / 40.0).ToArray();

        var score = new SafetyClassifier(tiny.Graph, NormalFirst).Score(Pictures(means), TestContext.Current.CancellationToken);

        Assert.Equal(means.Select(mean => 1 / (1 + Math.Exp(2 * mean))), score.Pictures, (expected, actual) => Math.Abs(expected - actual) < 1e-6);
    }

    [Fact]
    public void Size_of_the_pictures_is_that_of_the_graph()
    {
        using var tiny = new TinyGraph(Build);

        Assert.Equal(Side, new SafetyClassifier(tiny.Graph, NormalFirst).Side);
    }

    [Fact]
    public void A_graph_with_another_input_is_refused_with_both_names()
    {
        using var tiny = new TinyGraph(builder => builder.Output("logits", builder.Input("images_nhwc", ElementType.F32, "n", 2), "n", 2));

        var message = Assert.Throws<ModelUnavailableException>(() => new SafetyClassifier(tiny.Graph, NormalFirst)).Message;

        Assert.Contains("pixel_values", message, StringComparison.Ordinal);
        Assert.Contains("images_nhwc", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_with_more_classes_than_labels_is_refused()
    {
        using var tiny = new TinyGraph(Build);

        Assert.Contains("logits", Assert.Throws<ModelUnavailableException>(() => new SafetyClassifier(tiny.Graph, new LabelList(["drawings", "neutral", "porn"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_an_unsafe_class_are_refused_by_name()
    {
        using var tiny = new TinyGraph(Build);

        Assert.Contains("cat, dog", Assert.Throws<ModelUnavailableException>(() => new SafetyClassifier(tiny.Graph, new LabelList(["cat", "dog"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_that_is_not_finite_is_no_score()
    {
        using var tiny = new TinyGraph(Build);

        Assert.Throws<InvalidDataException>(() => new SafetyClassifier(tiny.Graph, NormalFirst).Score(Pictures([double.PositiveInfinity]), TestContext.Current.CancellationToken));
    }

    private static void Build(GraphBuilder builder)
    {
        var mean = builder.Mean(builder.Reshape(builder.Input("pixel_values", ElementType.F32, "n", 3, Side, Side), 0, -1), keep: true, 1);
        builder.Output("logits", builder.Concat(1, mean, builder.Multiply(mean, builder.Number(-1))), "n", 2);
    }

    private static float[] Pictures(double[] means) => [.. means.SelectMany(mean => Enumerable.Repeat((float)mean, Length))];
}
