using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Klear.Model.Codecs.Neural.BigVgan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural.BigVgan;

public sealed class BigVganGeneratorTests : IDisposable
{
    // Of upstream's case.json; single precision is 5e-7 off double precision there.
    private const double Tolerance = 1e-4;

    private readonly AlteredFiles _altered = new();

    public void Dispose() => _altered.Dispose();

    [Fact]
    public void Mel_frames_give_upstreams_sound()
    {
        using var upstream = new UpstreamCase("bigvgan-v2");
        using var vocoder = Load();

        UpstreamCase.AssertNear(upstream["wave"], vocoder.Forward(upstream.Batch("mel")), Tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Few_mel_frames_give_upstreams_sound(int frames)
    {
        using var upstream = new UpstreamCase("bigvgan-v2");
        using var vocoder = Load();

        UpstreamCase.AssertNear(upstream[$"mel_short{frames}.out"], vocoder.Forward(upstream.Batch("mel").narrow(2, 0, frames)), Tolerance);
    }

    [Fact]
    public void Layers_give_what_upstreams_layers_give()
    {
        using var upstream = new UpstreamCase("bigvgan-v2");
        using var vocoder = Load();
        var stage = vocoder.Stages[0];

        UpstreamCase.AssertNear(upstream["conv_pre_out"], vocoder.ConvPre.Forward(upstream.Batch("mel")), Tolerance);
        UpstreamCase.AssertNear(upstream["ups0_out"], stage.Up.Forward(upstream.Batch("conv_pre_out")), Tolerance);
        UpstreamCase.AssertNear(upstream["act0_out"], stage.Blocks[0].Activations[0].Forward(upstream.Batch("act0_in")), Tolerance);
        UpstreamCase.AssertNear(upstream["resblock0_out"], stage.Blocks[0].Forward(upstream.Batch("ups0_out")), Tolerance);
        UpstreamCase.AssertNear(upstream["activation_post_out"], vocoder.Features(upstream.Batch("mel")), Tolerance);
    }

    [Fact]
    public void Bare_activation_gives_what_upstream_gives()
    {
        using var upstream = new UpstreamCase("bigvgan-v2");
        using var vocoder = Load();

        var found = vocoder.Stages[0].Blocks[0].Activations[0].Snake(upstream.Batch("snake_only_in"));

        UpstreamCase.AssertNear(upstream["snake_only_out_64ch"], found, Tolerance);
    }

    [Fact]
    public void Sounds_of_a_batch_do_not_touch_each_other()
    {
        using var upstream = new UpstreamCase("bigvgan-v2");
        using var vocoder = Load();
        var mel_bmf = cat([upstream.Batch("mel") * 0.5, upstream.Batch("mel")]);

        UpstreamCase.AssertNear(upstream["wave"], vocoder.Forward(mel_bmf).narrow(0, 1, 1), Tolerance);
    }

    [Fact]
    public void Missing_and_misshaped_tensors_are_named_together()
    {
        var path = _altered.Tensors(UpstreamCase.VocoderPath, "generator", tensors =>
        {
            tensors.Remove("ups.2.0.weight_g");
            tensors["resblocks.4.activations.5.act.beta"] = TensorData.FromFloats([1], [0]);
        });

        var error = Assert.Throws<CheckpointMismatchException>(() => Load(path));

        Assert.Equal(["ups.2.0.weight_g"], error.Missing);
        Assert.Contains("resblocks.4.activations.5.act.beta (expected [32], found [1])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_another_size_are_refused()
    {
        var config = BigVganConfig.Read(UpstreamCase.VocoderConfigPath) with { InitialChannels = 64 };

        var error = Assert.Throws<CheckpointMismatchException>(() => BigVganGenerator.Load(UpstreamCase.VocoderPath, config, CPU));

        Assert.Contains("conv_pre.bias (expected [64], found [128])", error.Message, StringComparison.Ordinal);
    }

    private static BigVganGenerator Load(string? path = null) =>
        BigVganGenerator.Load(path ?? UpstreamCase.VocoderPath, BigVganConfig.Read(UpstreamCase.VocoderConfigPath), CPU);
}
