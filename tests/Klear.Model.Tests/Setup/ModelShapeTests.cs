using Klear.Model.Model;
using Klear.Model.Setup;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Setup;

public sealed class ModelShapeTests
{
    [Fact]
    public void Codecs_decide_channels_and_rates_and_the_plan_the_rest()
    {
        var plan = Plan("model: { preset: nano, layers: 2, shared_weights: true }\nrope: seconds\nencode: { pictures_per_second: 12, video: { channels: 40 }, audio: { channels: 30 }, text: { buckets: 77 } }");
        using var codecs = CodecSet.Open(plan.Encode);

        var shape = ModelShape.Of(plan, codecs);

        Assert.Equal((2, 192, 3, true), (shape.Layers, shape.Hidden, shape.Heads, shape.SharedWeights));
        Assert.Equal((40, 30, 77, 0), (shape.VideoChannels, shape.AudioChannels, shape.TextBuckets, shape.TextWidth));
        Assert.Equal((3.0, 44_100.0 / 1024, RopeArrangement.Seconds), (shape.VideoFramesPerSecond, shape.AudioFramesPerSecond, shape.Rope));
    }

    [Theory]
    [InlineData("nano", "joint", 0)]
    [InlineData("1b", "joint", 0)]
    [InlineData("1b", "bytes", 1024)]
    [InlineData("{ preset: 1b, speech_width: 256 }", "bytes", 256)]
    [InlineData("{ preset: nano, speech_width: 64 }", "bytes", 64)]
    [InlineData("{ preset: nano, speech_width: 0 }", "joint", 0)]
    public void Path_of_speech_is_there_where_speech_comes_by_itself(string model, string speech, int width)
    {
        var plan = Plan($"model: {model}\nencode: {{ text: {{ speech: {speech} }} }}");
        using var codecs = CodecSet.Open(plan.Encode);

        Assert.Equal(width, ModelShape.Of(plan, codecs).SpeechWidth);
    }

    [Theory]
    [InlineData("nano", "bytes", "add 'speech_width' to model")]
    [InlineData("{ preset: 1b, speech_width: 0 }", "bytes", "add 'speech_width' to model")]
    [InlineData("{ preset: nano, speech_width: 64 }", "joint", "add 'speech: bytes' to encode.text")]
    [InlineData("{ preset: nano, speech_width: 7 }", "bytes", "an even number")]
    public void Path_of_speech_that_does_not_fit_is_refused(string model, string speech, string said)
    {
        var plan = Plan($"model: {model}\nencode: {{ text: {{ speech: {speech} }} }}");
        using var codecs = CodecSet.Open(plan.Encode);

        Assert.Contains(said, Assert.Throws<ArgumentException>(() => ModelShape.Of(plan, codecs)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ preset: nano, heads: 5 }", "5 heads do not divide")]
    [InlineData("{ preset: nano, layers: many }", "'many', a number is needed")]
    [InlineData("{ preset: nano, layers: 1.5 }", "a whole number is needed")]
    [InlineData("{ preset: nano, shared_weights: perhaps }", "true or false is needed")]
    public void Shape_that_no_model_can_have_is_refused(string model, string said)
    {
        var plan = Plan($"model: {model}");
        using var codecs = CodecSet.Open(plan.Encode);

        var error = Assert.Throws<ArgumentException>(() => ModelShape.Of(plan, codecs));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static TrainPlan Plan(string text) => PlanFile.Parse($"name: n\n{text}\nstages: [{{ name: s, steps: 1, tasks: {{ t2v: 1 }} }}]\n", "p", ModelShape.Settings);
}
