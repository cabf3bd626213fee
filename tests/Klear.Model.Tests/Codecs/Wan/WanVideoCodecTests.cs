using Curation.Models.Checkpoints;
using Klear.Model.Codecs.Wan;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanVideoCodecTests
{
    [Theory]
    [InlineData(false, 16, 8)]
    [InlineData(true, 48, 16)]
    public void Sizes_of_latents_are_the_published_ones(bool staged, int channels, int sides)
    {
        using var codec = Load(new TinyWan(staged));
        using var scope = NewDisposeScope();

        var latents_bcthw = codec.Encode(Pictures(5, 2 * sides, 3 * sides));

        Assert.Equal((channels, 4, sides), (codec.Channels, codec.TimeFactor, codec.SpaceFactor));
        Assert.Equal([1, channels, 2, 2, 3], latents_bcthw.shape);
        Assert.Equal([1, 3, 5, 2 * sides, 3 * sides], codec.Decode(latents_bcthw).shape);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Later_frames_change_no_earlier_ones(bool staged)
    {
        using var codec = Load(new TinyWan(staged));
        using var scope = NewDisposeScope();
        var pictures_bcthw = Pictures(13, 32, 32);

        var whole_bcthw = codec.Encode(pictures_bcthw);
        var start_bcthw = codec.Encode(pictures_bcthw.narrow(2, 0, 5));

        Assert.True(whole_bcthw.narrow(2, 0, 2).allclose(start_bcthw, 1e-5, 1e-5));
        Assert.False(whole_bcthw.narrow(2, 1, 1).allclose(whole_bcthw.narrow(2, 2, 1), 1e-2, 1e-2));
        Assert.True(codec.Decode(whole_bcthw).narrow(2, 0, 5).allclose(codec.Decode(start_bcthw), 1e-4, 1e-4));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    public void Depth_and_widths_are_the_files(bool staged, int blocks)
    {
        using var codec = Load(new TinyWan(staged, width: 6, decoderWidth: 10, blocks: blocks));
        using var scope = NewDisposeScope();

        Assert.Equal([1, 3, 5, 16, 16], codec.Decode(codec.Encode(Pictures(5, 16, 16))).shape);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Live_tensors_do_not_grow(bool staged)
    {
        using var codec = Load(new TinyWan(staged));
        using var pictures_bcthw = Pictures(9, 16, 16);
        using var latents_bcthw = codec.Encode(pictures_bcthw);
        codec.Decode(latents_bcthw).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 5; i++)
        {
            codec.Encode(pictures_bcthw).Dispose();
            codec.Decode(latents_bcthw).Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_outlive_the_scope_they_were_loaded_in_and_end_with_the_codec(bool staged)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        WanVideoCodec codec;
        using (NewDisposeScope()) codec = Load(new TinyWan(staged));

        using (NewDisposeScope()) codec.Encode(Pictures(1, 16, 16));
        codec.Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Throws<ObjectDisposedException>(() => codec.Decode(zeros(1)));
    }

    [Fact]
    public void Failed_loading_leaves_no_tensors()
    {
        var file = new TinyWan(false);
        file.Remove("decoder.head.2.bias");
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Throws<CheckpointException>(() => Load(file));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Result_belongs_to_the_callers_scope_and_has_no_gradient()
    {
        using var codec = Load(new TinyWan(false));
        Tensor latents_bcthw;
        using (NewDisposeScope())
        {
            latents_bcthw = codec.Encode(Pictures(1, 8, 8).requires_grad_());
            Assert.False(latents_bcthw.requires_grad);
            Assert.False(latents_bcthw.IsInvalid);
        }

        Assert.True(latents_bcthw.IsInvalid);
    }

    [Fact]
    public void Identity_is_of_the_weights_and_not_of_their_file()
    {
        var changed = new TinyWan(false);
        var bias = changed["decoder.head.2.bias"].ToFloats();
        bias[2] += 1e-3f;
        changed["decoder.head.2.bias"] = TensorData.FromFloats([3], bias);
        using var file = new ScratchFile();
        SafetensorsWriter.Write(file.Path, new TinyWan(false));

        using var one = Load(new TinyWan(false));
        using var same = WanVideoCodec.Load(file.Path);
        using var other = Load(changed);

        Assert.Equal(one.Identity, same.Identity);
        Assert.NotEqual(one.Identity, other.Identity);
        Assert.StartsWith("Wan2.1 autoencoder 4x8x8 channels=16 sha256=", one.Identity, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3, 5, 8, 8, true)]
    [InlineData(2, 3, 1, 16, 8, true)]
    [InlineData(1, 3, 4, 8, 8, false)]
    [InlineData(1, 3, 0, 8, 8, false)]
    [InlineData(1, 4, 5, 8, 8, false)]
    [InlineData(1, 3, 5, 12, 8, false)]
    [InlineData(1, 3, 5, 8, 0, false)]
    [InlineData(0, 3, 5, 8, 8, false)]
    public void Pictures_of_other_shapes_are_refused(int b, int c, int t, int h, int w, bool taken)
    {
        using var codec = Load(new TinyWan(false));
        using var scope = NewDisposeScope();
        var pictures_bcthw = zeros([b, c, t, h, w]);

        if (taken) Assert.Equal([b, 16, 1 + t / 4, h / 8, w / 8], codec.Encode(pictures_bcthw).shape);
        else Assert.Throws<ArgumentException>(() => codec.Encode(pictures_bcthw));
    }

    [Fact]
    public void Bytes_are_not_pictures()
    {
        using var codec = Load(new TinyWan(false));
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => codec.Encode(zeros([1, 3, 1, 8, 8], ScalarType.Byte)));

        Assert.Contains("Byte [1, 3, 1, 8, 8]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Latents_of_another_codec_are_refused()
    {
        using var codec = Load(new TinyWan(false));
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => codec.Decode(zeros([1, 48, 1, 2, 2])));

        Assert.Contains("[1, 48, 1, 2, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_pictures_are_coded_in_single_precision()
    {
        using var codec = Load(new TinyWan(true));
        using var scope = NewDisposeScope();
        var pictures_bcthw = Pictures(1, 16, 16).to(ScalarType.Float16);

        var latents_bcthw = codec.Encode(pictures_bcthw);

        Assert.Equal(ScalarType.Float32, latents_bcthw.dtype);
        Assert.True(latents_bcthw.Equals(codec.Encode(pictures_bcthw.to(ScalarType.Float32))));
    }

    private static WanVideoCodec Load(TinyWan file) => WanVideoCodec.Load(file, "tiny", CPU);

    private static Tensor Pictures(long count, long height, long width)
    {
        using var random = new Generator(7);
        return rand([1, 3, count, height, width], generator: random).mul_(2).sub_(1);
    }
}
