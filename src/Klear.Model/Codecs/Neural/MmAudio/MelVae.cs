using Curation.Models.Checkpoints;
using Curation.Models.Importing;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, m mel bands, f mel frames, c latent channels, l latent frames, z twice the latent channels

/// <summary>
/// MMAudio's autoencoder of mel frames (Cheng et al., arXiv 2412.15322; mmaudio/ext/autoencoder), its sizes taken from the file: 128 bands
/// to 40 channels as published for 44.1 kHz, two mel frames to a latent frame.
/// </summary>
internal sealed class MelVae : IDisposable
{
    /// <summary>Mel frames of a latent frame.</summary>
    public const int TimeFactor = 2;

    /// <summary>Width of each level over the first's.</summary>
    internal static readonly int[] Multipliers = [1, 2, 4];

    // Activations are clamped to it after every block.
    private const double LargestActivation = 256;

    private readonly CheckpointWeights _weights;
    private readonly Weight _mean_1m1;
    private readonly Weight _deviation_1m1;
    private readonly MelVaeDecoder _decoder;

    private MelVae(CheckpointWeights weights)
    {
        _weights = weights;
        var width = weights.Size("encoder.conv_in.weight", 0);
        var bands = weights.Size("encoder.conv_in.weight", 1);
        var channels = weights.Size("decoder.conv_in.weight", 1);
        _mean_1m1 = weights.Need("data_mean", [1, bands, 1]);
        _deviation_1m1 = weights.Need("data_std", [1, bands, 1]);
        Encoder = new MelVaeEncoder(weights, bands, width, channels);
        _decoder = new MelVaeDecoder(weights, bands, width, channels);
        Bands = (int)bands;
        Channels = (int)channels;
    }

    /// <summary>Mel bands.</summary>
    public int Bands { get; }

    /// <summary>Channels of a latent frame.</summary>
    public int Channels { get; }

    /// <summary>A hash of the weights in the file.</summary>
    public string Digest { get; private set; } = "";

    internal MelVaeEncoder Encoder { get; }

    /// <summary>Reads a published file such as v1-44.pth, or the same tensors as safetensors.</summary>
    /// <exception cref="CheckpointException">The file is damaged or of another format.</exception>
    /// <exception cref="CheckpointMismatchException">Its tensors are not this model's.</exception>
    public static MelVae Load(string path, Device device)
    {
        using var source = CheckpointFile.Open(path);
        var vae = new MelVae(new CheckpointWeights(source));
        vae.Digest = vae._weights.Load($"MMAudio's mel autoencoder ({path})", device);
        return vae;
    }

    /// <summary>Mel frames to latents.</summary>
    /// <param name="mel_bmf">What <see cref="LogMel"/> gives; the last of an odd number of frames is dropped.</param>
    /// <returns>[b, z, l]: means, then log variances.</returns>
    public Tensor Moments(Tensor mel_bmf)
    {
        using var scope = NewDisposeScope();
        return Encoder.Forward((mel_bmf - _mean_1m1.Value) / _deviation_1m1.Value).MoveToOuterDisposeScope();
    }

    /// <summary>Latents to mel frames.</summary>
    /// <param name="latents_bcl">Means or samples.</param>
    /// <returns>[b, m, f], f = 2 l.</returns>
    public Tensor Decode(Tensor latents_bcl)
    {
        using var scope = NewDisposeScope();
        return _decoder.Forward(latents_bcl).mul_(_deviation_1m1.Value).add_(_mean_1m1.Value).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    /// <summary>Clamps in place.</summary>
    internal static Tensor Clamp(Tensor h_bct) => h_bct.clamp_(-LargestActivation, LargestActivation);
}
