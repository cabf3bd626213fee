using Klear.Model.Flow;
using Klear.Model.Model;
using Klear.Model.Tests.Model;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Flow;

public sealed class FlowLossTests
{
    [Fact]
    public void Model_that_says_nothing_loses_the_variance_of_the_velocity()
    {
        // Data is 3 everywhere and noise is N(0, 1): the mean of (3 - noise)^2 is 9 + 1.
        using var scope = NewDisposeScope();
        using var model = new KlearTransformer(TinyModel.Config);
        manual_seed(2);
        var sample = TinyModel.Input(batch: 64) with { Video = full([64, 6, 3, 4, 4], 3f), Audio = full([64, 5, 100], 3f) };

        var loss = FlowLoss.Compute(model, KlearTask.T2AV, sample, new FlowOptions { VideoWeight = 2, AudioWeight = 0.5 });

        Assert.Equal(10, loss.Video!.item<float>(), 0.2);
        Assert.Equal(10, loss.Audio!.item<float>(), 0.2);
        Assert.Equal((2 * loss.Video!.item<float>()) + (0.5 * loss.Audio!.item<float>()), loss.Total.item<float>(), 1e-4);
    }

    [Theory]
    [InlineData(KlearTask.T2V)]
    [InlineData(KlearTask.TI2V)]
    [InlineData(KlearTask.I2V)]
    public void Sound_and_its_text_have_no_influence_on_a_task_without_sound(KlearTask task)
    {
        AssertNoInfluence(task, sample => sample with { Audio = sample.Audio! * 100, AudioText = sample.AudioText!.flip(1) });
    }

    [Fact]
    public void Pictures_and_their_text_have_no_influence_on_sound_alone() =>
        AssertNoInfluence(KlearTask.T2A, sample => sample with { Video = sample.Video! * 100, VideoText = sample.VideoText!.flip(1) });

    [Theory]
    [InlineData(KlearTask.I2V)]
    [InlineData(KlearTask.I2AV)]
    public void Text_has_no_influence_on_a_task_without_text(KlearTask task) =>
        AssertNoInfluence(task, sample => sample with { VideoText = sample.VideoText!.flip(1), AudioText = sample.AudioText!.flip(1) });

    [Theory]
    [InlineData(KlearTask.TI2AV)]
    [InlineData(KlearTask.TI2V)]
    [InlineData(KlearTask.I2V)]
    [InlineData(KlearTask.I2AV)]
    public void Given_frame_is_seen_clean_and_carries_no_loss(KlearTask task)
    {
        using var scope = NewDisposeScope();
        var sample = TinyModel.Input();
        var seen = new SeeingModel();

        FlowLoss.Compute(seen, task, sample, new FlowOptions());

        Assert.True(seen.Last!.FirstFrameIsClean);
        Assert.True(TinyModel.Same(sample.Video!.narrow(2, 0, 1), seen.Last.Video!.narrow(2, 0, 1)));
        Assert.False(TinyModel.Same(sample.Video!.narrow(2, 1, 2), seen.Last.Video!.narrow(2, 1, 2)));
        seen.FirstFrameAnswer = 1000;
        Assert.True(FlowLoss.Compute(seen, task, sample, new FlowOptions()).Video!.item<float>() < 100);
    }

    private static void AssertNoInfluence(KlearTask task, Func<KlearInput, KlearInput> change)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create();
        var sample = TinyModel.Input();

        var (loss, gradients) = Step(sample);
        var (changedLoss, changedGradients) = Step(change(sample));

        Assert.Equal(loss, changedLoss);
        foreach (var (name, gradient) in gradients) Assert.True(TinyModel.Same(gradient, changedGradients[name]), name);
        Assert.NotEmpty(gradients);

        (float, Dictionary<string, Tensor>) Step(KlearInput from)
        {
            model.zero_grad();
            manual_seed(9);
            var computed = FlowLoss.Compute(model, task, from, new FlowOptions()).Total;
            computed.backward();
            return (computed.item<float>(), model.named_parameters().Where(p => p.parameter.grad is not null).ToDictionary(p => p.name, p => p.parameter.grad!.clone()));
        }
    }

    /// <summary>Remembers what it saw and answers nothing, or a number in the first frame.</summary>
    private sealed class SeeingModel() : nn.Module<KlearInput, KlearVelocity>(nameof(SeeingModel))
    {
        public KlearInput? Last { get; private set; }

        public float FirstFrameAnswer { get; set; }

        public override KlearVelocity forward(KlearInput input)
        {
            Last = input with { Video = input.Video?.clone().MoveToOuterDisposeScope() };
            var video = input.Video is { } latents ? zeros_like(latents) : null;
            video?.narrow(2, 0, 1).fill_(FirstFrameAnswer);
            return new KlearVelocity(video, input.Audio is { } audio ? zeros_like(audio) : null);
        }
    }
}
