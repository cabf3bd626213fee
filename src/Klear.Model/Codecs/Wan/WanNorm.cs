using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// c channels, other dimensions as they come

/// <summary>Divides by the root mean square over the channels; the norm is at least 1e-12, as torch's normalize has it.</summary>
/// <param name="gain">gamma times the root of the channels, with trailing ones to broadcast.</param>
internal sealed class WanNorm(Tensor gain)
{
    private const double SmallestNorm = 1e-12;

    public Tensor Forward(Tensor x_bc) => nn.functional.normalize(x_bc, 2, 1, SmallestNorm).mul_(gain);

    /// <summary>Followed by x * sigmoid(x), as everywhere but before attention.</summary>
    public Tensor ForwardSilu(Tensor x_bc) => nn.functional.silu(Forward(x_bc), inplace: true);
}
