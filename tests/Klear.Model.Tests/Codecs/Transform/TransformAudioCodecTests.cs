using Klear.Model.Codecs.Transform;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Transform;

public sealed class TransformAudioCodecTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Samples_come_back_edges_included(int hops)
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformAudioCodec();
        var sound_bn = Noise(2, hops * 1024);

        var latents_bcl = codec.Encode(sound_bn);

        Assert.Equal([2, 1024, hops], latents_bcl.shape);
        Assert.InRange((codec.Decode(latents_bcl) - sound_bn).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Latents_hold_the_energy_of_the_samples()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformAudioCodec();
        var sound_bn = Noise(1, 5 * 1024);

        Assert.Equal(1, Energy(codec.Encode(sound_bn)) / Energy(sound_bn), 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    [InlineData(1023)]
    public void Windowed_cosine_of_the_definition_lands_in_its_coefficient(int frequency)
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformAudioCodec();

        // Princen, Johnson and Bradley: sqrt(2/M) w(n) cos(pi/M (n + 1/2 + M/2) (k + 1/2)) over 2M samples, here those around the third of five hops.
        const int Hop = 1024;
        var samples = new float[5 * Hop];
        for (var n = 0; n < 2 * Hop; n++)
        {
            samples[(2 * Hop) - (Hop / 2) + n] = (float)(Math.Sqrt(2.0 / Hop) * Math.Sin(Math.PI / (2 * Hop) * (n + 0.5)) * Math.Cos(Math.PI / Hop * (n + 0.5 + (Hop / 2)) * (frequency + 0.5)));
        }

        var latents_cl = codec.Encode(torch.tensor(samples).unsqueeze(0))[0];

        Assert.Equal(1, latents_cl[frequency, 2].item<float>(), 1e-4);
        Assert.Equal(1, Energy(latents_cl), 1e-4);
    }

    [Fact]
    public void Tone_lies_around_its_frequency_and_survives_truncation()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformAudioCodec(new TransformAudioOptions { Channels = 256 });

        // 1 kHz lies in coefficient 1000 / (44100 / 2048) = 46.4.
        var tone_bn = sin(arange(20 * 1024, dtype: ScalarType.Float64) * (2 * Math.PI * 1000 / 44100)).to_type(ScalarType.Float32).unsqueeze(0);
        var latents_bcl = codec.Encode(tone_bn);

        var inner_bcl = latents_bcl.narrow(2, 1, 18);
        Assert.InRange(Energy(inner_bcl.narrow(1, 44, 6)) / Energy(inner_bcl), 0.995, 1);
        Assert.InRange((codec.Decode(latents_bcl) - tone_bn).narrow(1, 1024, 18 * 1024).abs().max().item<float>(), 0, 1e-3);
    }

    [Fact]
    public void Truncation_keeps_the_low_coefficients_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var codec = new TransformAudioCodec(new TransformAudioOptions { Channels = 100 });
        using var all = new TransformAudioCodec();
        var sound_bn = Noise(1, 3 * 1024);

        Assert.True(codec.Encode(sound_bn).allclose(all.Encode(sound_bn).narrow(1, 0, 100), atol: 1e-5));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public void Part_of_a_hop_is_refused(int samples)
    {
        using var codec = new TransformAudioCodec();
        using var sound_bn = zeros(1, samples);

        var error = Assert.Throws<ArgumentException>(() => codec.Encode(sound_bn));

        Assert.Contains($"[1, {samples}]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codec_leaves_no_tensors_behind()
    {
        using var codec = new TransformAudioCodec();
        using var scope = NewDisposeScope();
        var sound_bn = Noise(1, 2048);
        var before = scope.DisposablesCount;

        using var latents_bcl = codec.Encode(sound_bn);
        using var back_bn = codec.Decode(latents_bcl);

        Assert.Equal(before + 2, scope.DisposablesCount);
    }

    private static Tensor Noise(params long[] shape) => randn(shape, generator: new Generator(1));

    private static double Energy(Tensor values) => values.to_type(ScalarType.Float64).square().sum().item<double>();
}
