using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width, o output channels

/// <summary>Convolution in time and space that sees no later frame. Before its first frame it sees zeros, then the frames that the last chunk ended with.</summary>
/// <param name="weight_ocThw">Kernel; space is padded to keep its size.</param>
/// <param name="bias_o">Added to each output channel.</param>
internal sealed class WanCausalConv(Tensor weight_ocThw, Tensor bias_o)
{
    private readonly long _remembered = weight_ocThw.shape[2] - 1;
    private readonly long[] _padding = [0, weight_ocThw.shape[3] / 2, weight_ocThw.shape[4] / 2];

    public Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        if (_remembered == 0) return nn.functional.conv3d(x_bcthw, weight_ocThw, bias_o, padding: _padding);

        using var scope = NewDisposeScope();
        var (b, c, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1], x_bcthw.shape[3], x_bcthw.shape[4]);
        var before_bcthw = history.Find(this) ?? zeros([b, c, _remembered, h, w], x_bcthw.dtype, x_bcthw.device);
        var seen_bcthw = cat([before_bcthw, x_bcthw], 2);
        history.Keep(this, seen_bcthw.narrow(2, seen_bcthw.shape[2] - _remembered, _remembered));
        return nn.functional.conv3d(seen_bcthw, weight_ocThw, bias_o, padding: _padding).MoveToOuterDisposeScope();
    }
}
