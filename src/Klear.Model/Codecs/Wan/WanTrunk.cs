using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>The encoder or the decoder: a convolution, blocks, a normalised convolution.</summary>
internal sealed class WanTrunk(WanCausalConv stem, IReadOnlyList<WanBlock> blocks, WanNorm norm, WanCausalConv head)
{
    /// <summary>The next chunk of the clip.</summary>
    public Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        var stem_bcthw = stem.Forward(x_bcthw, history);
        var inner_bcthw = WanBlock.Through(blocks, stem_bcthw, history);
        stem_bcthw.Dispose();
        var normed_bcthw = norm.ForwardSilu(inner_bcthw);
        inner_bcthw.Dispose();
        return head.Forward(normed_bcthw, history).MoveToOuterDisposeScope();
    }
}
