using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.MmAudio;

/// <summary>Operations that keep the root mean square of activations near 1 (Karras et al., EDM2, arXiv 2312.02696).</summary>
internal static class MagnitudePreserving
{
    private const double NormOffset = 1e-4;

    // The root mean square of SiLU of a standard normal variable.
    private const double SiluScale = 0.596;

    private const double ResidualShare = 0.3;

    /// <summary>Divides by the root mean square over some axes, plus 1e-4.</summary>
    public static Tensor Normalise(Tensor x, params long[] axes)
    {
        var count = axes.Aggregate(1L, (product, axis) => product * x.shape[axis]);
        var rms = linalg.vector_norm(x, dims: axes, keepdim: true).mul_(Math.Sqrt(1.0 / count));
        return x / rms.add_(NormOffset);
    }

    /// <summary>A stored convolution weight [out, in, k] as it is used: every output channel has norm 1.</summary>
    public static Tensor NormaliseWeight(Tensor weight)
    {
        var fan = weight.shape[1] * weight.shape[2];
        return Normalise(weight, 1, 2).div_(Math.Sqrt(fan));
    }

    /// <summary>SiLU.</summary>
    public static Tensor Silu(Tensor x) => functional.silu(x).div_(SiluScale);

    /// <summary>Adds a residual: 0.7 of the stream and 0.3 of the branch over the root of 0.7^2 + 0.3^2.</summary>
    public static Tensor Sum(Tensor stream, Tensor branch)
    {
        var scale = 1 / Math.Sqrt(((1 - ResidualShare) * (1 - ResidualShare)) + (ResidualShare * ResidualShare));
        return (stream * (scale * (1 - ResidualShare))).add_(branch, alpha: scale * ResidualShare);
    }
}
