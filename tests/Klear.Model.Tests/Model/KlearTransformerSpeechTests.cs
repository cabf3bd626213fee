using Klear.Model.Model;
using Klear.Model.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Model;

public sealed class KlearTransformerSpeechTests
{
    private static readonly KlearConfig Config = TinyModel.Config with { SpeechWidth = 12 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Module_with_a_path_of_speech_has_exactly_the_parameters_of_its_layout(bool vectors)
    {
        var config = vectors ? Config with { TextBuckets = 0, TextWidth = 10 } : Config;
        using var model = new KlearTransformer(config);

        var layout = KlearLayout.Parameters(config).Select(parameter => $"{parameter.Name} {string.Join('x', parameter.Shape)}").Order(StringComparer.Ordinal);
        var module = model.named_parameters().Select(parameter => $"{parameter.name} {string.Join('x', parameter.parameter.shape)}").Order(StringComparer.Ordinal);

        Assert.Equal(layout, module);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Padding_of_speech_has_no_influence_forward_or_back(bool captioned)
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(Config);
        var (speech_bl, lengths_b) = SpeechTokens.Stack(["abc", "a"]);
        var keys_bl = arange(3).unsqueeze(0) < lengths_b.unsqueeze(1);
        var input = TinyModel.Input(Config) with { Speech = speech_bl, SpeechKeys = keys_bl };
        if (!captioned) input = input with { AudioText = null };

        // Other bytes where there is only padding: "xy" behind the "a".
        var padded_bl = speech_bl.masked_scatter(keys_bl.logical_not(), tensor(new long[] { 1 + 'x', 1 + 'y' }));
        var before = model.call(input);
        var after = model.call(input with { Speech = padded_bl });
        (after.Video!.square().sum() + after.Audio!.square().sum()).backward();

        Assert.Equal([1 + 'a', 1 + 'x', 1 + 'y'], padded_bl[1].data<long>().ToArray());
        Assert.True(TinyModel.Same(before.Video!, after.Video!));
        Assert.True(TinyModel.Same(before.Audio!, after.Audio!));
        var rows = model.get_parameter("speech_in.bytes.weight")!.grad!.abs().sum(1);
        Assert.Equal([1 + 'a', 1 + 'b', 1 + 'c'], rows.nonzero().flatten().data<long>().ToArray());
    }

    [Fact]
    public void Padding_may_be_as_long_as_it_likes()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(Config);
        var (speech_bl, _) = SpeechTokens.Stack(["abc", "xyz"]);
        var input = TinyModel.Input(Config) with { Speech = speech_bl };

        var plain = model.call(input);
        var padded = model.call(input with { Speech = cat([speech_bl, zeros_like(speech_bl)], 1), SpeechKeys = cat([ones_like(speech_bl), zeros_like(speech_bl)], 1).to(ScalarType.Bool) });

        // Sums of another length are added up in another order.
        Assert.True((plain.Audio! - padded.Audio!).abs().max().item<float>() < 1e-5);
        Assert.True((plain.Video! - padded.Video!).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Caption_and_speech_are_one_stream_in_which_either_may_be_masked()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(Config);
        var (speech_bl, _) = SpeechTokens.Stack(["abc", "xyz"]);
        var input = TinyModel.Input(Config) with { Speech = speech_bl };

        var noCaption = model.call(input with { AudioTextKeys = zeros(2, 5, dtype: ScalarType.Bool) });
        var noSpeech = model.call(input with { SpeechKeys = zeros(2, 3, dtype: ScalarType.Bool) });

        Assert.True((noCaption.Audio! - model.call(input with { AudioText = null }).Audio!).abs().max().item<float>() < 1e-5);
        Assert.True((noSpeech.Audio! - model.call(input with { Speech = null }).Audio!).abs().max().item<float>() < 1e-5);
        Assert.False(TinyModel.Same(noCaption.Audio!, noSpeech.Audio!));
    }

    [Fact]
    public void Every_stream_hears_speech_and_the_order_of_its_bytes()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create(Config);
        var (speech_bl, _) = SpeechTokens.Stack(["abc", "xyz"]);
        var input = TinyModel.Input(Config) with { Speech = speech_bl };

        var (said, reversed) = (model.call(input), model.call(input with { Speech = speech_bl.flip(1) }));

        Assert.False(TinyModel.Same(said.Audio!, reversed.Audio!));
        Assert.False(TinyModel.Same(said.Video!, reversed.Video!));
    }

    [Fact]
    public void Path_that_nothing_comes_along_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var without = TinyModel.Create();
        using var with = new KlearTransformer(Config);
        var parameters = without.named_parameters().ToDictionary(parameter => parameter.name, parameter => parameter.parameter);
        using (no_grad())
        {
            foreach (var (name, parameter) in with.named_parameters().Where(parameter => parameters.ContainsKey(parameter.name))) parameter.copy_(parameters[name]);
        }

        var (one, other) = (without.call(TinyModel.Input()), with.call(TinyModel.Input()));

        Assert.True(TinyModel.Same(one.Audio!, other.Audio!));
        Assert.True(TinyModel.Same(one.Video!, other.Video!));
    }

    [Fact]
    public void Speech_for_a_model_without_its_path_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = TinyModel.Create();

        var error = Assert.Throws<ArgumentException>(() => model.call(TinyModel.Input() with { Speech = ones(2, 3, dtype: ScalarType.Int64) }));

        Assert.Contains("speech_width is 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_with_speech_leave_no_tensors_behind()
    {
        using var model = new KlearTransformer(Config);
        Pass();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Pass();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Pass()
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            var (speech_bl, lengths_b) = SpeechTokens.Stack(["abc", "x"]);
            var velocity = model.call(TinyModel.Input(Config) with { Speech = speech_bl, SpeechKeys = arange(3).unsqueeze(0) < lengths_b.unsqueeze(1) });
            (velocity.Video!.mean() + velocity.Audio!.mean()).backward();
        }
    }
}
