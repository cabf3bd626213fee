using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.BigVgan;

// b batch, c channels, n time steps

/// <summary>A convolution whose file has direction (weight_v) and norm (weight_g) of each slice along the first axis: the output channel, or the input channel where it is transposed.</summary>
internal sealed class WeightNormConvolution
{
    private readonly Weight _weight;
    private readonly Weight? _bias_c;
    private readonly bool _transposed;
    private readonly long _stride;
    private readonly long _dilation;
    private readonly long _margin;

    private WeightNormConvolution(CheckpointWeights weights, string name, long[] shape, bool transposed, bool hasBias, long stride, long dilation, long margin)
    {
        _weight = weights.Need(($"{name}.weight_g", [shape[0], 1, 1]), ($"{name}.weight_v", shape), Combine);
        if (hasBias) _bias_c = weights.Need($"{name}.bias", [shape[transposed ? 1 : 0]]);
        _transposed = transposed;
        _stride = stride;
        _dilation = dilation;
        _margin = margin;
    }

    /// <summary>One that keeps the length.</summary>
    public static WeightNormConvolution Same(CheckpointWeights weights, string name, long from, long to, int width, int dilation = 1, bool hasBias = true) =>
        new(weights, name, [to, from, width], transposed: false, hasBias, 1, dilation, (long)dilation * (width - 1) / 2);

    /// <summary>One that multiplies the length by <paramref name="rate"/>.</summary>
    public static WeightNormConvolution Upsampling(CheckpointWeights weights, string name, long from, long to, int width, int rate) =>
        new(weights, name, [from, to, width], transposed: true, hasBias: true, rate, 1, (width - rate) / 2);

    public Tensor Forward(Tensor x_bcn) => _transposed
        ? functional.conv_transpose1d(x_bcn, _weight.Value, _bias_c?.Value, stride: _stride, padding: _margin)
        : functional.conv1d(x_bcn, _weight.Value, _bias_c?.Value, padding: _margin, dilation: _dilation);

    private static Tensor Combine(Tensor norm, Tensor direction) => direction * (norm / linalg.vector_norm(direction, dims: [1, 2], keepdim: true));
}
