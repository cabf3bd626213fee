using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Klear.Model.Codecs.Neural.MmAudio;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural.MmAudio;

public sealed class MelVaeTests : IDisposable
{
    private readonly AlteredFiles _altered = new();

    public void Dispose() => _altered.Dispose();

    [Fact]
    public void Sizes_are_those_of_the_file()
    {
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        Assert.Equal(128, vae.Bands);
        Assert.Equal(12, vae.Channels);
    }

    [Fact]
    public void Latents_of_a_file_with_40_channels_have_40_channels()
    {
        using var scope = NewDisposeScope();
        var path = _altered.Tensors(UpstreamCase.VaePath, null, tensors =>
        {
            tensors["encoder.conv_out.weight"] = TensorData.FromFloats([80, 64, 3], new float[80 * 64 * 3]);
            tensors["decoder.conv_in.weight"] = TensorData.FromFloats([64, 40, 3], new float[64 * 40 * 3]);
        });
        using var vae = MelVae.Load(path, CPU);

        Assert.Equal(40, vae.Channels);
        Assert.Equal([2, 80, 3], vae.Moments(zeros(2, 128, 6)).shape);
        Assert.Equal([2, 128, 6], vae.Decode(zeros(2, 40, 3)).shape);
    }

    [Fact]
    public void Stored_weight_is_normalised_once_when_loaded()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        UpstreamCase.AssertNear(upstream["encoder.conv_in.weight_after_remove_weight_norm"], vae.Encoder.ConvIn.Weight, 1e-6);
    }

    [Fact]
    public void Attention_gives_what_upstream_gives()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        UpstreamCase.AssertNear(upstream["attn_out_encoder_mid"], vae.Encoder.Middle.Attention.Forward(upstream.Batch("attn_in")));
    }

    [Fact]
    public void Residual_block_gives_what_upstream_gives()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        UpstreamCase.AssertNear(upstream["resblock_out_encoder_mid_block_1"], vae.Encoder.Middle.Block1.Forward(upstream.Batch("attn_in")));
    }

    // An odd number of mel frames loses its last one.
    [Theory]
    [InlineData("even", 222)]
    [InlineData("odd", 61)]
    public void Mel_frames_give_upstreams_means_and_variances(string item, int frames)
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        var moments = vae.Moments(upstream.Batch("mel_44k").narrow(2, 0, frames));

        UpstreamCase.AssertNear(upstream[$"{item}.mean"], moments.narrow(1, 0, 12));
        UpstreamCase.AssertNear(upstream[$"{item}.logvar"], moments.narrow(1, 12, 12));
    }

    [Theory]
    [InlineData("even.mean", "even.decoded_mel")]
    [InlineData("odd.mean", "odd.decoded_mel")]
    [InlineData("random_latent", "random_latent.decoded_mel")]
    public void Latents_give_upstreams_mel_frames(string latents, string mel)
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var vae = MelVae.Load(UpstreamCase.VaePath, CPU);

        UpstreamCase.AssertNear(upstream[mel], vae.Decode(upstream.Batch(latents)));
    }

    [Fact]
    public void Half_precision_weights_load_as_single_precision()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        var path = _altered.Tensors(UpstreamCase.VaePath, null, tensors =>
        {
            foreach (var (name, tensor) in tensors.ToList()) tensors[name] = Halved(tensor);
        });
        using var vae = MelVae.Load(path, CPU);

        var found = vae.Decode(upstream.Batch("random_latent"));

        // Half precision has 11 bits: each of some tens of layers may be off by 5e-4.
        var expected = upstream["random_latent.decoded_mel"];
        Assert.Equal(ScalarType.Float32, found.dtype);
        UpstreamCase.AssertNear(expected, found, 0.01 * expected.abs().max().item<float>());
    }

    [Fact]
    public void File_without_a_tensor_is_refused_by_its_name()
    {
        var path = _altered.Tensors(UpstreamCase.VaePath, null, tensors => tensors.Remove("decoder.up.1.upsample.conv.weight"));

        var error = Assert.Throws<CheckpointMismatchException>(() => MelVae.Load(path, CPU));

        Assert.Equal(["decoder.up.1.upsample.conv.weight"], error.Missing);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_of_another_shape_is_named_with_both_shapes()
    {
        var path = _altered.Tensors(UpstreamCase.VaePath, null, tensors =>
            tensors["encoder.mid.attn_1.qkv.weight"] = TensorData.FromFloats([191, 64, 1], new float[191 * 64]));

        var error = Assert.Throws<CheckpointMismatchException>(() => MelVae.Load(path, CPU));

        Assert.Contains("encoder.mid.attn_1.qkv.weight (expected [192, 64, 1], found [191, 64, 1])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoint_of_another_model_is_refused_whole()
    {
        var error = Assert.Throws<CheckpointMismatchException>(() => MelVae.Load(UpstreamCase.VocoderPath, CPU));

        Assert.Contains("encoder.conv_in.weight", error.Missing);
    }

    private static TensorData Halved(TensorData tensor) =>
        new(new TensorInfo(ElementType.F16, tensor.Info.Shape), tensor.ToFloats().SelectMany(value => BitConverter.GetBytes((Half)value)).ToArray());
}
