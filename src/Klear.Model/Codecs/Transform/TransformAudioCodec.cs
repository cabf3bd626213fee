using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Transform;

// b batch, c channels, l latent frames, n samples, m samples of a hop, j samples of half a hop

/// <summary>
/// A codec without weights: the MDCT with a hop of 1024 samples and a sine window over two, of which the lowest coefficients are kept;
/// at 44,100 Hz it gives 43.07 frames a second. With all 1024 coefficients decoding gives back the samples.
/// </summary>
/// <remarks>
/// Made as the MDCT is defined by its aliasing (Princen, Johnson and Bradley 1987): at each border between hops the samples on both sides are
/// turned into one another by the window, and each hop goes through an orthonormal cosine basis. At the start and the end of the sound there is no neighbour, so
/// nothing is turned there: the window stands upright. So many hops give as many frames, energy stays, and the edges come back exactly.
/// </remarks>
public sealed class TransformAudioCodec : IAudioCodec
{
    internal const int HopSamples = 1024;
    private const int Overlap = HopSamples / 2;

    private readonly Tensor _cosines_cm;
    private readonly Tensor _near_j;
    private readonly Tensor _far_j;

    /// <summary>Computes the bases.</summary>
    /// <param name="options">How many coefficients to keep; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many coefficients.</exception>
    public TransformAudioCodec(TransformAudioOptions? options = null)
    {
        options ??= new TransformAudioOptions();
        options.Check();
        Channels = options.Channels;

        using var scope = NewDisposeScope();
        var cosines_mm = torch.tensor(CosineBasis.Modulated(HopSamples), dtype: ScalarType.Float32);
        _cosines_cm = cosines_mm.narrow(0, 0, Channels).clone().DetachFromDisposeScope();
        _near_j = torch.tensor(Enumerable.Range(0, Overlap).Select(j => (float)Window(Overlap + j)).ToArray()).DetachFromDisposeScope();
        _far_j = torch.tensor(Enumerable.Range(0, Overlap).Select(j => (float)Window(Overlap - 1 - j)).ToArray()).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public string Identity => $"transform-audio/1 mdct sine hop=1024 rate=44100 channels={Channels}";

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int SampleRate => 44100;

    /// <inheritdoc/>
    public int Hop => HopSamples;

    /// <inheritdoc/>
    public Tensor Encode(Tensor sound_bn)
    {
        ArgumentNullException.ThrowIfNull(sound_bn);
        if (sound_bn.shape is not [_, > 0] || sound_bn.shape[1] % HopSamples != 0)
        {
            throw new ArgumentException($"sound of shape [{string.Join(", ", sound_bn.shape)}] cannot be encoded: it must be [batch, 1024k]", nameof(sound_bn));
        }

        using var scope = NewDisposeScope();
        var folded_blm = Turn(sound_bn.reshape(sound_bn.shape[0], -1, HopSamples), forth: true);
        return matmul(Like(_cosines_cm, folded_blm), folded_blm.transpose(1, 2)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor latents_bcl)
    {
        ArgumentNullException.ThrowIfNull(latents_bcl);
        if (latents_bcl.shape is not [_, _, > 0] || latents_bcl.shape[1] != Channels)
        {
            throw new ArgumentException($"latents of shape [{string.Join(", ", latents_bcl.shape)}] cannot be decoded: it must be [batch, {Channels}, frames]", nameof(latents_bcl));
        }

        using var scope = NewDisposeScope();
        var folded_blm = matmul(latents_bcl.transpose(1, 2), Like(_cosines_cm, latents_bcl));
        return Turn(folded_blm, forth: false).reshape(latents_bcl.shape[0], -1).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cosines_cm.Dispose();
        _near_j.Dispose();
        _far_j.Dispose();
    }

    // At every border the last samples of a hop, counted backwards, and the first of the next are turned by the angle whose cosine is the
    // window near the border's own side. The cosines are even at a hop's right end and odd at its left one, hence the signs.
    private Tensor Turn(Tensor hops_blm, bool forth)
    {
        var borders = hops_blm.shape[1] - 1;
        if (borders == 0) return hops_blm;

        var (near_j, far_j) = (Like(_near_j, hops_blm), Like(_far_j, hops_blm));
        if (forth) far_j = far_j.neg();
        var before_blj = hops_blm.narrow(1, 0, borders).narrow(2, Overlap, Overlap).flip(2);
        var after_blj = hops_blm.narrow(1, 1, borders).narrow(2, 0, Overlap);
        var turnedBefore_blj = ((before_blj * near_j) - (after_blj * far_j)).flip(2);
        var turnedAfter_blj = (after_blj * near_j) + (before_blj * far_j);

        var left_blj = cat([hops_blm.narrow(1, 0, 1).narrow(2, 0, Overlap), turnedAfter_blj], 1);
        var right_blj = cat([turnedBefore_blj, hops_blm.narrow(1, borders, 1).narrow(2, Overlap, Overlap)], 1);
        return cat([left_blj, right_blj], 2);
    }

    // The rising half of the sine window; the squares of two values that mirror each other at the border add up to 1.
    private static double Window(int sample) => Math.Sin(Math.PI / (2 * HopSamples) * (sample + 0.5));

    private static Tensor Like(Tensor basis, Tensor other) => basis.to(other.dtype, other.device);
}
