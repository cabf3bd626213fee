using static TorchSharp.torch;

namespace Klear.Model.Codecs;

// b batch, c channels, l latent frames, n samples

/// <summary>Turns mono sound into latents and back.</summary>
public interface IAudioCodec : IDisposable
{
    /// <summary>Name, settings and weights in one line; latents made under another identity are not this codec's.</summary>
    string Identity { get; }

    /// <summary>Channels of a latent frame.</summary>
    int Channels { get; }

    /// <summary>Samples in a second.</summary>
    int SampleRate { get; }

    /// <summary>Samples in a latent frame.</summary>
    int Hop { get; }

    /// <summary>Sound to latents.</summary>
    /// <param name="sound_bn">Mono samples in [-1, 1], a whole number of hops.</param>
    /// <returns><see cref="Channels"/> channels, one frame a hop; in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The shape is none of these.</exception>
    Tensor Encode(Tensor sound_bn);

    /// <summary>Latents to sound.</summary>
    /// <param name="latents_bcl">What <see cref="Encode"/> gives.</param>
    /// <returns>Samples, one hop a frame, not clamped; in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The shape is none of these.</exception>
    Tensor Decode(Tensor latents_bcl);
}
