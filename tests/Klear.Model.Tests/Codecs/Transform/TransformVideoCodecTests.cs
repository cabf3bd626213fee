using Klear.Model.Codecs.Transform;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Transform;

public sealed class TransformVideoCodecTests
{
    private static readonly TransformVideoOptions All = new() { Channels = TransformVideoOptions.AllChannels };

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void Pictures_come_back_where_nothing_is_left_out(int count)
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec(All);
        var pictures_bcthw = Noise(2, 3, count, 16, 24);

        var latents_bcthw = codec.Encode(pictures_bcthw);

        Assert.Equal([2, 768, 1 + (count / 4), 2, 3], latents_bcthw.shape);
        Assert.InRange((codec.Decode(latents_bcthw) - pictures_bcthw).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Latents_hold_the_energy_of_the_pictures_the_first_one_four_times()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec(All);
        var pictures_bcthw = Noise(1, 3, 5, 16, 16);

        var latents_bcthw = codec.Encode(pictures_bcthw);

        Assert.Equal(4 * Energy(pictures_bcthw.narrow(2, 0, 1)), Energy(latents_bcthw.narrow(2, 0, 1)), 1e-2);
        Assert.Equal(Energy(pictures_bcthw.narrow(2, 1, 4)), Energy(latents_bcthw.narrow(2, 1, 1)), 1e-2);
    }

    [Fact]
    public void Grey_pictures_are_the_first_channel_alone()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec();

        var latents_bcthw = codec.Encode(full([1, 3, 5, 8, 8], 0.5));

        // A constant of 0.5 in 768 values has the norm 0.5 * sqrt(768).
        Assert.Equal(0.5 * Math.Sqrt(768), latents_bcthw[0, 0, 0, 0, 0].item<float>(), 1e-4);
        Assert.Equal(0.5 * Math.Sqrt(768), latents_bcthw[0, 0, 1, 0, 0].item<float>(), 1e-4);
        Assert.InRange(latents_bcthw.narrow(1, 1, 95).abs().max().item<float>(), 0, 1e-5);
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 2, 3, 5)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(2, 3, 7, 7)]
    public void Cosine_lands_in_its_coefficient(int colour, int time, int row, int column)
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec(All);
        var (colours, times, sides) = (CosineBasis.Second(3), CosineBasis.Second(4), CosineBasis.Second(8));
        var pictures_bcthw = zeros([1, 3, 5, 8, 8]);
        for (var c = 0; c < 3; c++)
        {
            for (var t = 0; t < 4; t++)
            {
                for (var p = 0; p < 64; p++) pictures_bcthw[0, c, 1 + t, p / 8, p % 8] = (float)(colours[colour, c] * times[time, t] * sides[row, p / 8] * sides[column, p % 8]);
            }
        }

        var latents_c = codec.Encode(pictures_bcthw)[0, TensorIndex.Colon, 1, 0, 0];

        var place = VideoCoefficient.InOrder(4, 8).ToList().IndexOf(new VideoCoefficient(colour, time, row, column));
        Assert.Equal(1, latents_c[place].item<float>(), 1e-5);
        Assert.Equal(1, Energy(latents_c), 1e-5);
    }

    [Fact]
    public void First_picture_keeps_nothing_that_changes_in_time()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec();

        var first_c = codec.Encode(Noise(1, 3, 5, 8, 8))[0, TensorIndex.Colon, 0, 0, 0];

        var order = VideoCoefficient.InOrder(4, 8);
        for (var channel = 0; channel < 96; channel++) Assert.Equal(order[channel].Time > 0, first_c[channel].item<float>() == 0);
    }

    [Fact]
    public void First_picture_decodes_alone_as_within_a_clip()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec();
        var latents_bcthw = Noise(1, 96, 3, 1, 1);

        var alone_bcthw = codec.Decode(latents_bcthw.narrow(2, 0, 1));

        Assert.True(codec.Decode(latents_bcthw).narrow(2, 0, 1).allclose(alone_bcthw, atol: 1e-6));
    }

    [Fact]
    public void Truncation_keeps_the_coarse_coefficients_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec();
        using var all = new TransformVideoCodec(All);
        var pictures_bcthw = Noise(1, 3, 5, 16, 16);

        Assert.True(codec.Encode(pictures_bcthw).allclose(all.Encode(pictures_bcthw).narrow(1, 0, 96), atol: 1e-6));
    }

    [Fact]
    public void Truncated_clip_is_its_own_encoding()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformVideoCodec();
        var once_bcthw = codec.Decode(codec.Encode(Noise(1, 3, 9, 16, 16)));

        Assert.True(codec.Decode(codec.Encode(once_bcthw)).allclose(once_bcthw, atol: 1e-5));
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 4, 8, 8 })]
    [InlineData(new long[] { 1, 3, 5, 12, 8 })]
    [InlineData(new long[] { 1, 1, 5, 8, 8 })]
    public void Shape_that_has_no_blocks_is_refused(long[] shape)
    {
        using var codec = new TransformVideoCodec();
        using var pictures_bcthw = zeros(shape);

        var error = Assert.Throws<ArgumentException>(() => codec.Encode(pictures_bcthw));

        Assert.Contains($"[{string.Join(", ", shape)}]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codec_leaves_no_tensors_behind()
    {
        using var codec = new TransformVideoCodec();
        using var scope = NewDisposeScope();
        var pictures_bcthw = Noise(1, 3, 5, 8, 8);
        var before = scope.DisposablesCount;

        using var latents_bcthw = codec.Encode(pictures_bcthw);
        using var back_bcthw = codec.Decode(latents_bcthw);

        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    private static Tensor Noise(params long[] shape) => randn(shape, generator: new Generator(1));

    private static double Energy(Tensor values) => values.to_type(ScalarType.Float64).square().sum().item<double>();
}
