using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Models.Speakers;
using Curation.Models.Tests.Contracts;

namespace Curation.Models.Tests.Speakers;

public sealed class AgeGenderTests
{
    [Fact]
    public void Age_is_a_hundred_times_the_models_output()
    {
        using var tiny = Model(0, 0, 0);

        Assert.Equal(35, new AgeGender(tiny.Graph).Judge(Signal(16000, 0.35f))!.AgeYears, 1e-3);
        Assert.Equal(0, new AgeGender(tiny.Graph).Judge(Signal(16000, -0.2f))!.AgeYears);
    }

    [Fact]
    public void Logits_of_gender_go_through_a_softmax()
    {
        using var tiny = Model(MathF.Log(6), MathF.Log(3), MathF.Log(1));

        var attributes = new AgeGender(tiny.Graph).Judge(Signal(16000, 0.3f))!;

        Assert.Equal(0.6, attributes.Female, 1e-5);
        Assert.Equal("female", attributes.Gender);
        Assert.Equal(0.6, attributes.GenderConfidence!.Value, 1e-5);
    }

    [Fact]
    public void Probabilities_of_gender_are_left_as_they_are()
    {
        using var tiny = Model(0.2f, 0.7f, 0.1f);

        var attributes = new AgeGender(tiny.Graph).Judge(Signal(16000, 0.3f))!;

        Assert.Equal(0.7, attributes.Male, 1e-6);
        Assert.Equal("male", attributes.Gender);
    }

    [Fact]
    public void A_childs_voice_has_no_gender()
    {
        using var tiny = Model(0.2f, 0.1f, 0.7f);

        var attributes = new AgeGender(tiny.Graph).Judge(Signal(16000, 0.1f))!;

        Assert.Null(attributes.Gender);
        Assert.Null(attributes.GenderConfidence);
    }

    [Fact]
    public void Sound_shorter_than_half_a_second_is_not_judged()
    {
        using var tiny = Model(0, 0, 0);

        Assert.Null(new AgeGender(tiny.Graph).Judge(Signal(AgeGender.ShortestSamples - 1, 0.3f)));
    }

    [Fact]
    public void Of_long_sound_the_middle_is_judged()
    {
        using var tiny = Model(0, 0, 0);
        float[] sound = [.. new float[AgeGender.LongestSamples / 2], .. Signal(AgeGender.LongestSamples, 0.5f), .. new float[AgeGender.LongestSamples / 2]];

        Assert.Equal(50, new AgeGender(tiny.Graph).Judge(sound)!.AgeYears, 1e-3);
    }

    [Fact]
    public void A_graph_without_a_gender_is_refused()
    {
        using var tiny = new TinyGraph(builder => builder.Output("logits_age", builder.Mean(builder.Input("signal", ElementType.F32, "n", "t"), keep: true, 1), "n", 1));

        Assert.Contains("logits_gender", Assert.Throws<ModelUnavailableException>(() => new AgeGender(tiny.Graph)).Message, StringComparison.Ordinal);
    }

    private static TinyGraph Model(params float[] gender) => new(builder =>
    {
        var mean = builder.Mean(builder.Input("signal", ElementType.F32, "n", "t"), keep: true, 1);
        builder.Output("logits_age", mean, "n", 1);
        builder.Output("logits_gender", builder.Add(builder.Multiply(mean, builder.Number(0)), builder.Table("gender", [1, 3], gender)), "n", 3);
    });

    private static float[] Signal(int samples, float value) => [.. Enumerable.Repeat(value, samples)];
}
