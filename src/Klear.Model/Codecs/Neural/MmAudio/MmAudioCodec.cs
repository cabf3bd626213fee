using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using Klear.Model.Codecs.Neural.BigVgan;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, n samples, m mel bands, f mel frames, c latent channels, l latent frames

/// <summary>
/// MMAudio's 44.1 kHz autoencoder with BigVGAN v2: sound to mel features to the mean of the autoencoder's latents, and back through the vocoder.
/// As published 40 channels at 43.07 Hz. It is not invertible: phase is made up by the vocoder.
/// </summary>
public sealed class MmAudioCodec : IAudioCodec
{
    private readonly MelVae _vae;
    private readonly BigVganGenerator _vocoder;
    private readonly LogMel _mel;
    private readonly Device _device;

    private MmAudioCodec(MelVae vae, BigVganGenerator vocoder, LogMelSettings mel, Device device)
    {
        _vae = vae;
        _vocoder = vocoder;
        _mel = new LogMel(mel, device);
        _device = device;
        Channels = vae.Channels;
        SampleRate = mel.SampleRate;
        Hop = mel.Hop * MelVae.TimeFactor;
        Identity = $"mmaudio {Channels} channels, {SampleRate} Hz, hop {Hop}, mel {mel.Bands}/{mel.TransformLength}/{mel.Hop}, vae {vae.Digest}, bigvgan {vocoder.Digest}";
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <inheritdoc/>
    public int Hop { get; }

    /// <summary>Reads the published files, or the same tensors as safetensors.</summary>
    /// <param name="vaePath">MMAudio's v1-44.pth.</param>
    /// <param name="vocoderPath">BigVGAN v2's bigvgan_generator.pt.</param>
    /// <param name="vocoderConfigPath">Its config.json; null for the one beside it.</param>
    /// <param name="device">Where the weights lie and the work is done; null for the CPU.</param>
    /// <returns>The codec; sizes are those of the files.</returns>
    /// <exception cref="CheckpointException">A file is absent, damaged or of another format, or the two do not fit together.</exception>
    /// <exception cref="CheckpointMismatchException">Tensors are missing, unexpected or of another shape; the message lists them.</exception>
    public static MmAudioCodec Load(string vaePath, string vocoderPath, string? vocoderConfigPath = null, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(vaePath);
        ArgumentException.ThrowIfNullOrEmpty(vocoderPath);

        var place = device ?? CPU;
        var config = BigVganConfig.Read(vocoderConfigPath ?? Path.Combine(Path.GetDirectoryName(vocoderPath) ?? "", "config.json"));
        var vae = MelVae.Load(vaePath, place);
        BigVganGenerator? vocoder = null;
        var loaded = false;
        try
        {
            if (vae.Bands != config.Mel.Bands) throw new CheckpointException($"{vaePath} has {vae.Bands} mel bands, but the vocoder {vocoderPath} has {config.Mel.Bands}: they are not of one codec");

            vocoder = BigVganGenerator.Load(vocoderPath, config, place);
            var codec = new MmAudioCodec(vae, vocoder, config.Mel, place);
            loaded = true;
            return codec;
        }
        finally
        {
            if (!loaded)
            {
                vae.Dispose();
                vocoder?.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Samples are clamped to [-1, 1]. The autoencoder's attention spans the whole sound, so parts of a sound give other latents than the whole.</remarks>
    public Tensor Encode(Tensor sound_bn)
    {
        ArgumentNullException.ThrowIfNull(sound_bn);
        if (sound_bn.dim() != 2 || sound_bn.shape[0] < 1 || sound_bn.shape[1] < Hop || sound_bn.shape[1] % Hop != 0)
        {
            throw new ArgumentException($"A sound of [{string.Join(", ", sound_bn.shape)}] cannot be encoded: it must be [batch, samples] with a whole number of {Hop} samples.", nameof(sound_bn));
        }

        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var samples_bn = sound_bn.to(ScalarType.Float32, _device);
        RequireFinite(samples_bn, "A sound", nameof(sound_bn));
        var mel_bmf = _mel.Forward(samples_bn);
        return _vae.Moments(mel_bmf).narrow(1, 0, Channels).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>The vocoder clamps its samples to [-1, 1].</remarks>
    public Tensor Decode(Tensor latents_bcl)
    {
        ArgumentNullException.ThrowIfNull(latents_bcl);
        if (latents_bcl.dim() != 3 || latents_bcl.shape[0] < 1 || latents_bcl.shape[1] != Channels || latents_bcl.shape[2] < 1)
        {
            throw new ArgumentException($"Latents of [{string.Join(", ", latents_bcl.shape)}] cannot be decoded: they must be [batch, {Channels}, frames].", nameof(latents_bcl));
        }

        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var finite_bcl = latents_bcl.to(ScalarType.Float32, _device);
        RequireFinite(finite_bcl, "Latents", nameof(latents_bcl));
        var mel_bmf = _vae.Decode(finite_bcl);
        return _vocoder.Forward(mel_bmf).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vae.Dispose();
        _vocoder.Dispose();
        _mel.Dispose();
    }

    // One of them would spread through the attention over the whole sound.
    private static void RequireFinite(Tensor values, string what, string parameter)
    {
        if (!values.isfinite().all().item<bool>()) throw new ArgumentException($"{what} of [{string.Join(", ", values.shape)}] with NaN or infinity cannot be used: all values must be finite.", parameter);
    }
}
