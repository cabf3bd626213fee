using Curation.Models.Alignment;
using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Alignment;

public sealed class SynchformerScorerTests
{
    private const int PictureValues = 16 * 3 * 224 * 224;
    private const int SoundValues = 128 * 66;

    [Fact]
    public void Offset_is_turned_round_because_upstreams_plus_means_sound_early()
    {
        // Upstream's class 8 is -0.4 s with probability 3/4, its class 11 is +0.2 s with 1/4.
        using var tiny = Constant(Logits((8, Math.Log(3)), (11, 0)));

        var prediction = new SynchformerScorer(tiny.Graph).Score(new float[PictureValues], new float[SoundValues], TestContext.Current.CancellationToken);

        Assert.Equal(0.4, prediction.BestOffsetSeconds, 1e-9);
        Assert.Equal(0.75, prediction.BestProbability, 1e-6);
        Assert.Equal((0.75 * 0.4) - (0.25 * 0.2), prediction.ExpectedOffsetSeconds, 1e-6);
        Assert.Equal(0.25, prediction.MassNearZero, 1e-6);
        Assert.Equal(0.75, prediction.MassNearBest, 1e-6);
        Assert.Equal(1, prediction.Probabilities.Sum(), 1e-9);
    }

    [Fact]
    public void A_model_that_knows_nothing_gives_each_class_the_same()
    {
        using var tiny = Constant(new float[SyncPrediction.Classes]);

        var prediction = new SynchformerScorer(tiny.Graph).Score(new float[PictureValues], new float[SoundValues], TestContext.Current.CancellationToken);

        Assert.Equal(3.0 / 21, prediction.MassNearZero, 1e-9);
        Assert.Equal(0, prediction.ExpectedOffsetSeconds, 1e-9);
        Assert.Equal(0, prediction.BestOffsetSeconds, 1e-9);
    }

    [Fact]
    public void Grid_reaches_from_minus_two_to_two_seconds()
    {
        Assert.Equal(-2.0, SyncPrediction.OffsetSeconds(0), 1e-12);
        Assert.Equal(0.0, SyncPrediction.OffsetSeconds(10), 1e-12);
        Assert.Equal(2.0, SyncPrediction.OffsetSeconds(20), 1e-12);
        Assert.Equal(SyncPrediction.StepSeconds, SyncPrediction.OffsetSeconds(11), 1e-12);
    }

    [Fact]
    public void Windows_of_a_clip_are_averaged_by_probability()
    {
        var late = new SyncPrediction([.. Enumerable.Range(0, 21).Select(index => index == 15 ? 1.0 : 0)]);
        var exact = new SyncPrediction([.. Enumerable.Range(0, 21).Select(index => index == 10 ? 1.0 : 0)]);

        var mean = SyncPrediction.Mean([late, exact, exact, exact]);

        Assert.Equal(0.25, mean.ExpectedOffsetSeconds, 1e-9);
        Assert.Equal(0.75, mean.MassNearZero, 1e-9);
        Assert.Equal(0, mean.BestOffsetSeconds, 1e-9);
    }

    [Fact]
    public void Sound_for_another_number_of_segments_is_a_callers_mistake()
    {
        using var tiny = Constant(new float[SyncPrediction.Classes]);

        Assert.Throws<ArgumentException>(() => new SynchformerScorer(tiny.Graph).Score(new float[PictureValues], new float[2 * SoundValues], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_graph_with_another_input_is_refused_with_both_names()
    {
        using var tiny = new TinyGraph(builder => builder.Output("logits", builder.Input("video", ElementType.F32, "b", 21), "b", 21));

        var message = Assert.Throws<ModelUnavailableException>(() => new SynchformerScorer(tiny.Graph)).Message;

        Assert.Contains("vis", message, StringComparison.Ordinal);
        Assert.Contains("video", message, StringComparison.Ordinal);
    }

    private static float[] Logits(params (int Class, double Logit)[] classes)
    {
        var logits = Enumerable.Repeat(-200f, SyncPrediction.Classes).ToArray();
        foreach (var (index, logit) in classes) logits[index] = (float)logit;
        return logits;
    }

    private static TinyGraph Constant(float[] logits) => new(builder =>
    {
        var pictures = builder.Mean(builder.Input("vis", ElementType.F32, "b", "s", 16, 3, 224, 224), keep: false, 1, 2, 3, 4, 5);
        var sound = builder.Mean(builder.Input("aud", ElementType.F32, "b", "s", 1, 128, 66), keep: false, 1, 2, 3, 4);
        var nothing = builder.Unsqueeze(builder.Multiply(builder.Add(pictures, sound), builder.Number(0)), 1);
        builder.Output("logits", builder.Add(nothing, builder.Table("constant", [1, SyncPrediction.Classes], logits)), "b", SyncPrediction.Classes);
    });
}
