using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanVideoCodecParityTests
{
    [Theory]
    [InlineData("wan21-vae", 1)]
    [InlineData("wan21-vae", 9)]
    [InlineData("wan21-vae", 17)]
    [InlineData("wan22-vae", 1)]
    [InlineData("wan22-vae", 9)]
    [InlineData("wan22-vae", 17)]
    public void Pictures_become_upstreams_latents_and_these_upstreams_pictures(string name, int pictures)
    {
        using var parity = new WanParityCase(name);
        using var scope = NewDisposeScope();

        parity.Near($"t{pictures}.mu", parity.Codec.Encode(parity.Pictures(pictures)));
        parity.Near($"t{pictures}.decoded_preclamp", parity.Codec.Decode(parity.Recorded($"t{pictures}.mu").unsqueeze(0)));
    }

    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Random_latents_become_upstreams_pictures(string name)
    {
        using var parity = new WanParityCase(name);
        using var scope = NewDisposeScope();

        parity.Near("random_latent.decoded_preclamp", parity.Codec.Decode(parity.Recorded("random_latent").unsqueeze(0)));
    }

    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Chunks_leave_the_encoder_as_they_leave_upstreams(string name)
    {
        using var parity = new WanParityCase(name);
        using var scope = NewDisposeScope();

        parity.Near("t9.encoder_out_chunks", parity.Codec.EncodeFeatures(parity.Pictures(9)));
    }

    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Pictures_after_the_last_whole_chunk_are_refused_where_upstream_drops_them(string name)
    {
        using var parity = new WanParityCase(name);
        using var scope = NewDisposeScope();
        var pictures_bcthw = parity.Pictures(11);

        parity.Near("t11.mu", parity.Codec.EncodeWholeChunks(pictures_bcthw));
        var error = Assert.Throws<ArgumentException>(() => parity.Codec.Encode(pictures_bcthw));
        Assert.Contains("11 pictures", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Batch_is_coded_item_by_item(string name)
    {
        using var parity = new WanParityCase(name);
        using var scope = NewDisposeScope();
        var pictures_bcthw = parity.Pictures(9);

        var latents_bcthw = parity.Codec.Encode(cat([pictures_bcthw.flip(4), pictures_bcthw], 0));
        parity.Near("t9.mu", latents_bcthw.narrow(0, 1, 1));
        parity.Near("t9.decoded_preclamp", parity.Codec.Decode(latents_bcthw).narrow(0, 1, 1));
    }
}
