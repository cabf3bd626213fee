using static TorchSharp.torch;

namespace Klear.Model.Codecs;

// b batch, c channels, t pictures or latent frames, h height, w width

/// <summary>Turns pictures into latents and back. The first picture is a latent frame of its own, so that a single picture is a clip of one frame.</summary>
public interface IVideoCodec : IDisposable
{
    /// <summary>Name, settings and weights in one line; latents made under another identity are not this codec's.</summary>
    string Identity { get; }

    /// <summary>Channels of a latent frame.</summary>
    int Channels { get; }

    /// <summary>Pictures in each latent frame after the first.</summary>
    int TimeFactor { get; }

    /// <summary>Pixels along each side of a latent cell.</summary>
    int SpaceFactor { get; }

    /// <summary>Pictures to latents.</summary>
    /// <param name="pictures_bcthw">RGB in [-1, 1]: 3 channels, 1 + k * <see cref="TimeFactor"/> pictures, sides divisible by <see cref="SpaceFactor"/>.</param>
    /// <returns><see cref="Channels"/> channels, 1 + k frames, sides divided by <see cref="SpaceFactor"/>; in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The shape is none of these.</exception>
    Tensor Encode(Tensor pictures_bcthw);

    /// <summary>Latents to pictures.</summary>
    /// <param name="latents_bcthw">What <see cref="Encode"/> gives.</param>
    /// <returns>RGB, not clamped to [-1, 1]; in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">The shape is none of these.</exception>
    Tensor Decode(Tensor latents_bcthw);
}
