using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

/// <summary>Makes single layers from tensors with PyTorch's names.</summary>
internal sealed class WanLayers(WanWeights weights)
{
    private const int Kernel = 3;

    /// <summary>The first convolution of a trunk, whose width is the file's.</summary>
    public WanCausalConv Stem(string name, long channels, out long width)
    {
        var weight = weights.Take($"{name}.weight", WanWeights.AnySize, channels, Kernel, Kernel, Kernel);
        width = weight.shape[0];
        return new WanCausalConv(weight, weights.Take($"{name}.bias", width));
    }

    /// <summary>A convolution of cells alone.</summary>
    public WanCausalConv Pointwise(string name, long channels, long width) => Convolution(name, channels, width, 1, 1);

    /// <summary>The layers before the lowest or after the highest resolution.</summary>
    public IEnumerable<WanBlock> Middle(string name, long width)
    {
        yield return Residual($"{name}.0", width, width, out _);
        yield return Attention($"{name}.1", width);
        yield return Residual($"{name}.2", width, width, out _);
    }

    /// <param name="name">Name of the block.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="wanted">Channels that go out, or <see cref="WanWeights.AnySize"/> where the file decides.</param>
    /// <param name="width">Channels that go out.</param>
    public WanBlock Residual(string name, long channels, long wanted, out long width)
    {
        var firstNorm = Norm($"{name}.residual.0", channels);
        var weight = weights.Take($"{name}.residual.2.weight", wanted, channels, Kernel, Kernel, Kernel);
        width = weight.shape[0];
        var first = new WanCausalConv(weight, weights.Take($"{name}.residual.2.bias", width));
        var secondNorm = Norm($"{name}.residual.3", width);
        var second = Convolution($"{name}.residual.6", width, width, Kernel, Kernel);
        var shortcut = channels == width ? null : Pointwise($"{name}.shortcut", channels, width);
        return new WanResidual(firstNorm, first, secondNorm, second, shortcut);
    }

    public WanBlock Downsample(string name, long width, bool halvesFrames)
    {
        var (weight, bias) = Spatial($"{name}.resample.1", width, width, Kernel);
        return new WanDownsample(weight, bias, halvesFrames ? (weights.Take($"{name}.time_conv.weight", width, width, Kernel, 1, 1), weights.Take($"{name}.time_conv.bias", width)) : null);
    }

    public WanBlock Upsample(string name, long channels, long width, bool doublesFrames)
    {
        var (weight, bias) = Spatial($"{name}.resample.1", channels, width, Kernel);
        return new WanUpsample(weight, bias, doublesFrames ? Convolution($"{name}.time_conv", channels, 2 * channels, Kernel, 1) : null);
    }

    /// <summary>The last norm and convolution of a trunk.</summary>
    public (WanNorm Norm, WanCausalConv Convolution) Head(string name, long channels, long width) =>
        (Norm($"{name}.0", channels), Convolution($"{name}.2", channels, width, Kernel, Kernel));

    private WanAttention Attention(string name, long width)
    {
        var norm = new WanNorm(Gain($"{name}.norm.gamma", width, 1, 1));
        var (qkvWeight, qkvBias) = Spatial($"{name}.to_qkv", width, 3 * width, 1);
        var (outWeight, outBias) = Spatial($"{name}.proj", width, width, 1);
        return new WanAttention(norm, qkvWeight, qkvBias, outWeight, outBias);
    }

    private WanNorm Norm(string name, long width) => new(Gain($"{name}.gamma", width, 1, 1, 1));

    /// <summary>gamma times the root of the channels, which turns a sum of squares into their mean.</summary>
    private Tensor Gain(string name, params ReadOnlySpan<long> shape)
    {
        var gain = weights.Take(name, shape);
        gain.mul_(Math.Sqrt(shape[0]));
        return gain;
    }

    private WanCausalConv Convolution(string name, long channels, long width, long frames, long sides) =>
        new(weights.Take($"{name}.weight", width, channels, frames, sides, sides), weights.Take($"{name}.bias", width));

    private (Tensor Weight, Tensor Bias) Spatial(string name, long channels, long width, long sides) =>
        (weights.Take($"{name}.weight", width, channels, sides, sides), weights.Take($"{name}.bias", width));
}
