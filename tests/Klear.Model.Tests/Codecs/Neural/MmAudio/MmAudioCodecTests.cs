using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Klear.Model.Codecs.Neural.MmAudio;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Neural.MmAudio;

public sealed class MmAudioCodecTests : IDisposable
{
    private readonly AlteredFiles _altered = new();

    public void Dispose() => _altered.Dispose();

    [Fact]
    public void Published_rates_give_43_latent_frames_a_second()
    {
        using var codec = Load();

        Assert.Equal(44100, codec.SampleRate);
        Assert.Equal(1024, codec.Hop);
        Assert.Equal(12, codec.Channels);
    }

    [Fact]
    public void Real_sound_gives_upstreams_latents()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var codec = Load();

        // 111 hops hold 222 mel frames. Only the last two of them see where the sound ends, but attention carries a trace of it everywhere.
        var latents = codec.Encode(upstream.Batch("wave_44k").narrow(1, 0, 111 * 1024));

        Assert.Equal([1, 12, 111], latents.shape);
        var expected = upstream["even.mean"];
        UpstreamCase.AssertNear(expected.narrow(1, 0, 80), latents[0].narrow(1, 0, 80), 1e-3 * expected.abs().max().item<float>());
    }

    [Fact]
    public void Latents_give_a_hop_of_sound_each()
    {
        using var upstream = new UpstreamCase("mmaudio-vae-44k");
        using var codec = Load();

        var sound = codec.Decode(upstream.Batch("random_latent"));

        Assert.Equal([1, 25 * 1024], sound.shape);
        Assert.InRange(sound.abs().max().item<float>(), 1e-6f, 1);
    }

    [Fact]
    public void Sounds_of_a_batch_do_not_touch_each_other()
    {
        using var scope = NewDisposeScope();
        using var codec = Load();
        var sound_bn = linspace(0, 900, 2 * 2048).sin().mul(0.5).reshape(2, 2048);

        var both = codec.Encode(sound_bn);
        var second = codec.Encode(sound_bn.narrow(0, 1, 1));

        Assert.Equal(0, (both.narrow(0, 1, 1) - second).abs().max().item<float>(), 1e-4);
    }

    [Fact]
    public void Doubles_and_half_precision_are_taken()
    {
        using var scope = NewDisposeScope();
        using var codec = Load();
        var sound_bn = linspace(-1, 1, 1024).reshape(1, 1024);

        var single = codec.Encode(sound_bn);

        Assert.Equal(0, (codec.Encode(sound_bn.to(ScalarType.Float64)) - single).abs().max().item<float>());
        Assert.Equal(ScalarType.Float32, codec.Decode(single.to(ScalarType.BFloat16)).dtype);
    }

    [Fact]
    public void Nothing_is_left_for_gradients()
    {
        using var scope = NewDisposeScope();
        using var codec = Load();
        var latents_bcl = zeros(1, 12, 2, requires_grad: true);

        Assert.False(codec.Decode(latents_bcl).requires_grad);
    }

    [Fact]
    public void Identity_is_one_line_that_the_same_weights_give_in_any_container()
    {
        using var published = Load();
        using var copy = Load(
            _altered.Tensors(UpstreamCase.VaePath, null, _ => { }),
            _altered.Tensors(UpstreamCase.VocoderPath, "generator", _ => { }),
            UpstreamCase.VocoderConfigPath);

        Assert.DoesNotContain('\n', published.Identity);
        Assert.Equal(published.Identity, copy.Identity);
    }

    [Fact]
    public void Identity_changes_with_one_weight_or_setting_of_either_file()
    {
        var vae = _altered.Tensors(UpstreamCase.VaePath, null, tensors => Nudge(tensors, "encoder.learnable_gain"));
        var vocoder = _altered.Tensors(UpstreamCase.VocoderPath, "generator", tensors => Nudge(tensors, "conv_post.weight_v"));
        var config = _altered.Text(UpstreamCase.VocoderConfigPath, "5\n", "7\n");
        using var published = Load();
        using var otherVae = Load(vae);
        using var otherVocoder = Load(vocoderPath: vocoder, configPath: UpstreamCase.VocoderConfigPath);
        using var otherConfig = Load(configPath: config);

        Assert.Equal(4, new[] { published.Identity, otherVae.Identity, otherVocoder.Identity, otherConfig.Identity }.Distinct().Count());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void Truncated_files_are_refused_by_path(double share)
    {
        var vae = _altered.Truncated(UpstreamCase.VaePath, share);
        var vocoder = _altered.Truncated(UpstreamCase.VocoderPath, share);

        Assert.Contains(vae, Assert.Throws<CheckpointException>(() => Load(vae)).Message, StringComparison.Ordinal);
        Assert.Contains(vocoder, Assert.Throws<CheckpointException>(() => Load(vocoderPath: vocoder, configPath: UpstreamCase.VocoderConfigPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vocoder_without_its_settings_beside_it_is_refused()
    {
        var lonely = _altered.Tensors(UpstreamCase.VocoderPath, "generator", _ => { });

        Assert.Contains("config.json", Assert.Throws<CheckpointException>(() => MmAudioCodec.Load(UpstreamCase.VaePath, lonely)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vocoder_of_other_bands_is_refused()
    {
        var config = _altered.Text(UpstreamCase.VocoderConfigPath, "\"num_mels\": 128", "\"num_mels\": 80");

        Assert.Contains("128 mel bands", Assert.Throws<CheckpointException>(() => Load(configPath: config)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_shapes_are_quoted()
    {
        using var scope = NewDisposeScope();
        using var codec = Load();

        Assert.Contains("[1, 1025]", Assert.Throws<ArgumentException>(() => codec.Encode(zeros(1, 1025))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 0]", Assert.Throws<ArgumentException>(() => codec.Encode(zeros(1, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("[1024]", Assert.Throws<ArgumentException>(() => codec.Encode(zeros(1024))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 11, 2]", Assert.Throws<ArgumentException>(() => codec.Decode(zeros(1, 11, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 12, 0]", Assert.Throws<ArgumentException>(() => codec.Decode(zeros(1, 12, 0))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_no_numbers_are_refused(float value)
    {
        using var scope = NewDisposeScope();
        using var codec = Load();
        var sound_bn = zeros(1, 1024);
        sound_bn[0, 1000] = value;
        var latents_bcl = zeros(1, 12, 1);
        latents_bcl[0, 3, 0] = value;

        Assert.Throws<ArgumentException>(() => codec.Encode(sound_bn));
        Assert.Throws<ArgumentException>(() => codec.Decode(latents_bcl));
    }

    // Counted on this thread: tests of other classes make tensors at the same time.
    [Fact]
    public void Tensors_alive_do_not_grow_with_calls_and_none_outlive_the_codec()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var codec = Load())
        {
            using var sound_bn = zeros(1, 2048);
            var between = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            for (var call = 0; call < 3; call++)
            {
                using var latents_bcl = codec.Encode(sound_bn);
                using var back_bn = codec.Decode(latents_bcl);
                Assert.Equal(between + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            }

            Assert.Equal(between, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Refused_vocoder_leaves_no_tensors_of_the_autoencoder()
    {
        var vocoder = _altered.Tensors(UpstreamCase.VocoderPath, "generator", tensors => tensors.Remove("conv_pre.bias"));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Throws<CheckpointMismatchException>(() => Load(vocoderPath: vocoder, configPath: UpstreamCase.VocoderConfigPath));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Codec_loaded_in_a_scope_outlives_it()
    {
        MmAudioCodec codec;
        using (NewDisposeScope()) codec = Load();

        using (codec)
        using (var latents_bcl = zeros(1, 12, 1))
        using (var sound_bn = codec.Decode(latents_bcl))
        {
            Assert.Equal([1, 1024], sound_bn.shape);
        }
    }

    private static MmAudioCodec Load(string? vaePath = null, string? vocoderPath = null, string? configPath = null) =>
        MmAudioCodec.Load(vaePath ?? UpstreamCase.VaePath, vocoderPath ?? UpstreamCase.VocoderPath, configPath);

    private static void Nudge(Dictionary<string, TensorData> tensors, string name)
    {
        var values = tensors[name].ToFloats();
        values[0] += 1;
        tensors[name] = TensorData.FromFloats(tensors[name].Info.Shape, values);
    }
}
