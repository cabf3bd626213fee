using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>Two normalised convolutions added to the input, which is projected where the width changes.</summary>
internal sealed class WanResidual(WanNorm firstNorm, WanCausalConv first, WanNorm secondNorm, WanCausalConv second, WanCausalConv? shortcut) : WanBlock
{
    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        var inner_bcthw = Branch(firstNorm, first, x_bcthw, history);
        var outer_bcthw = Branch(secondNorm, second, inner_bcthw, history);
        inner_bcthw.Dispose();
        return outer_bcthw.add_(shortcut?.Forward(x_bcthw, history) ?? x_bcthw).MoveToOuterDisposeScope();
    }

    private static Tensor Branch(WanNorm norm, WanCausalConv conv, Tensor x_bcthw, WanHistory history)
    {
        using var normed_bcthw = norm.ForwardSilu(x_bcthw);
        return conv.Forward(normed_bcthw, history);
    }
}
