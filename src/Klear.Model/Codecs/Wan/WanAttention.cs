using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width, n b * t, p h * w, q 3 * c

/// <summary>One head of attention among the cells of each frame; frames do not see one another.</summary>
internal sealed class WanAttention(WanNorm norm, Tensor qkvWeight, Tensor qkvBias, Tensor outWeight, Tensor outBias) : WanBlock
{
    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        var (b, c, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1], x_bcthw.shape[3], x_bcthw.shape[4]);
        var x_nchw = WanFrames.Fold(x_bcthw);
        var qkv_n1pq = nn.functional.conv2d(norm.Forward(x_nchw), qkvWeight, qkvBias).flatten(2).transpose(1, 2).unsqueeze(1);
        var parts_n1pc = qkv_n1pq.chunk(3, -1);
        var mixed_n1pc = nn.functional.scaled_dot_product_attention(parts_n1pc[0].contiguous(), parts_n1pc[1].contiguous(), parts_n1pc[2].contiguous());
        var mixed_nchw = mixed_n1pc.squeeze(1).transpose(1, 2).reshape(-1, c, h, w);
        var out_nchw = nn.functional.conv2d(mixed_nchw, outWeight, outBias).add_(x_nchw);
        return WanFrames.Unfold(out_nchw, b).MoveToOuterDisposeScope();
    }
}
