using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.BigVgan;

// b batch, c channels, n time steps, u = 2 n

/// <summary>
/// x + sin^2(a x) / b at twice the rate between two low-pass filters, so that its overtones do not fold back (Lee et al., arXiv 2206.04658).
/// The file has the logarithms of a and b and the filters.
/// </summary>
internal sealed class AntiAliasedSnake
{
    private const int Taps = 12;
    private const int Ratio = 2;

    // Time steps repeated at each end before doubling, and what is cut off afterwards.
    private const int UpMargin = (Taps / Ratio) - 1;
    private const int UpCut = (UpMargin * Ratio) + ((Taps - Ratio) / 2);

    private const double LeastDivisor = 1e-9;

    private readonly long _channels;
    private readonly Weight _frequency_c1;
    private readonly Weight _gain_c1;
    private readonly Weight _up_c1k;
    private readonly Weight _down_c1k;

    public AntiAliasedSnake(CheckpointWeights weights, string name, long channels)
    {
        _channels = channels;
        _frequency_c1 = weights.Need($"{name}.act.alpha", [channels], alpha => alpha.exp().unsqueeze(1));
        _gain_c1 = weights.Need($"{name}.act.beta", [channels], beta => (beta.exp() + LeastDivisor).reciprocal().unsqueeze(1));
        _up_c1k = weights.Need($"{name}.upsample.filter", [1, 1, Taps], filter => (filter * Ratio).expand(channels, 1, Taps));
        _down_c1k = weights.Need($"{name}.downsample.lowpass.filter", [1, 1, Taps], filter => filter.expand(channels, 1, Taps));
    }

    /// <summary>Filters and activation; the length stays.</summary>
    public Tensor Forward(Tensor x_bcn)
    {
        using var scope = NewDisposeScope();
        var wide_bcn = functional.pad(x_bcn, (UpMargin, UpMargin), PaddingModes.Replicate);
        var fast_bcu = functional.conv_transpose1d(wide_bcn, _up_c1k.Value, stride: Ratio, groups: _channels).narrow(2, UpCut, x_bcn.shape[2] * Ratio);
        var bent_bcu = functional.pad(Snake(fast_bcu), ((Taps / 2) - 1, Taps / 2), PaddingModes.Replicate);
        return functional.conv1d(bent_bcu, _down_c1k.Value, stride: Ratio, groups: _channels).MoveToOuterDisposeScope();
    }

    /// <summary>The activation alone.</summary>
    internal Tensor Snake(Tensor x_bcn) => (x_bcn * _frequency_c1.Value).sin_().pow_(2).mul_(_gain_c1.Value).add_(x_bcn);
}
