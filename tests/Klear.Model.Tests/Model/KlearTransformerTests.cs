using Klear.Model.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class KlearTransformerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Module_has_exactly_the_parameters_of_its_layout(bool shared)
    {
        var config = TinyModel.Config with { SharedWeights = shared };
        using var model = new KlearTransformer(config);

        var layout = KlearLayout.Parameters(config).Select(parameter => $"{parameter.Name} {string.Join('x', parameter.Shape)}").Order(StringComparer.Ordinal);
        var module = model.named_parameters().Select(parameter => $"{parameter.name} {string.Join('x', parameter.parameter.shape)}").Order(StringComparer.Ordinal);

        Assert.Equal(layout, module);
    }

    [Fact]
    public void Module_on_encoder_vectors_has_exactly_the_parameters_of_its_layout()
    {
        var config = TinyModel.Config with { TextBuckets = 0, TextWidth = 12, Patch = 2 };
        using var model = new KlearTransformer(config);

        Assert.Equal(KlearLayout.Count(config), model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Velocities_have_the_shapes_of_the_latents()
    {
        using var scope = NewDisposeScope();
        var config = TinyModel.Config with { Patch = 2 };
        using var model = TinyModel.Create(config);
        var input = TinyModel.Input(config);

        var velocity = model.call(input);

        Assert.Equal(input.Video!.shape, velocity.Video!.shape);
        Assert.Equal(input.Audio!.shape, velocity.Audio!.shape);
    }

    [Fact]
    public void Fresh_model_says_no_movement()
    {
        using var scope = NewDisposeScope();
        using var model = new KlearTransformer(TinyModel.Config);

        var velocity = model.call(TinyModel.Input());

        Assert.Equal(0, velocity.Video!.abs().max().item<float>());
        Assert.Equal(0, velocity.Audio!.abs().max().item<float>());
    }

    [Fact]
    public void Model_of_data_gives_the_velocity_that_leads_there()
    {
        // A fresh model says the data is 0 everywhere: from x at time t that is -x / (1 - t).
        using var scope = NewDisposeScope();
        using var model = new KlearTransformer(TinyModel.Config with { PredictsData = true });
        var input = TinyModel.Input() with { Time = tensor(new[] { 0f, 0.75f }) };

        var velocity = model.call(input);

        Assert.True((velocity.Video![0] + input.Video![0]).abs().max().item<float>() < 1e-5);
        Assert.True((velocity.Audio![1] + (input.Audio![1] * 4)).abs().max().item<float>() < 1e-4);
    }

    [Fact]
    public void Token_that_is_masked_has_no_influence_forward_or_back()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(TinyModel.Config with { TextBuckets = 0, TextWidth = 8 });
        var keys = tensor(new[] { true, true, false, false, true, true, true, false }, [2, 4]);
        var text = randn([2, 4, 8], requires_grad: true);
        var input = TinyModel.Input() with { VideoText = text, VideoTextKeys = keys, AudioText = null };
        using var noise = (randn(2, 4, 8) * 100).masked_fill(keys.unsqueeze(-1), 0);

        var before = model.call(input);
        var after = model.call(input with { VideoText = text.detach() + noise });
        (before.Video!.square().sum() + before.Audio!.square().sum()).backward();

        Assert.True(TinyModel.Same(before.Video!, after.Video!));
        Assert.True(TinyModel.Same(before.Audio!, after.Audio!));
        Assert.Equal(0, text.grad!.masked_select(keys.logical_not().unsqueeze(-1)).abs().max().item<float>());
        Assert.NotEqual(0, text.grad!.masked_select(keys.unsqueeze(-1)).abs().max().item<float>());
    }

    [Fact]
    public void Each_stream_hears_the_others()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create();
        var input = TinyModel.Input();
        var velocity = model.call(input);

        Assert.False(TinyModel.Same(velocity.Video!, model.call(input with { Audio = input.Audio! + 1 }).Video!));
        Assert.False(TinyModel.Same(velocity.Audio!, model.call(input with { Video = input.Video! + 1 }).Audio!));
        Assert.False(TinyModel.Same(velocity.Video!, model.call(input with { AudioText = input.AudioText!.flip(1) }).Video!));
        Assert.False(TinyModel.Same(velocity.Audio!, model.call(input with { VideoText = input.VideoText!.flip(1) }).Audio!));
    }

    [Fact]
    public void Time_of_the_batch_does_not_reach_the_given_frame_in_the_first_block()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(TinyModel.Config with { Layers = 1 });
        var input = TinyModel.Input() with { FirstFrameIsClean = true };

        var velocity = model.call(input);

        Assert.False(TinyModel.Same(velocity.Video!, model.call(input with { FirstFrameIsClean = false }).Video!));
        Assert.Equal(input.Video!.shape, velocity.Video!.shape);
    }

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(6, 3, 3)]
    public void Latents_of_another_shape_are_refused(int channels, int height, int patch)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(TinyModel.Config with { Patch = patch == 3 ? 2 : 1 });
        var input = TinyModel.Input() with { Video = randn([2, channels, 1, height, 2]) };

        var error = Assert.Throws<ArgumentException>(() => model.call(input));

        Assert.Contains($"[2, {channels}, 1, {height}, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_without_anything_to_generate_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create();

        Assert.Throws<ArgumentException>(() => model.call(TinyModel.Input() with { Video = null, Audio = null }));
    }

    [Fact]
    public void Passes_leave_no_tensors_behind()
    {
        using var model = TinyModel.Create();
        Pass();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Pass();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Pass()
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            var velocity = model.call(TinyModel.Input());
            (velocity.Video!.mean() + velocity.Audio!.mean()).backward();
        }
    }
}
