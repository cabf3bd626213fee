using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, c channels, t time steps

/// <summary>Attention of one head over all time steps, with queries, keys and values normalised over their channels.</summary>
internal sealed class MpAttention
{
    private readonly MpConvolution _qkv;
    private readonly MpConvolution _projOut;
    private readonly long _channels;

    public MpAttention(CheckpointWeights weights, string name, long channels)
    {
        _channels = channels;
        _qkv = new MpConvolution(weights, $"{name}.qkv", channels, 3 * channels, 1);
        _projOut = new MpConvolution(weights, $"{name}.proj_out", channels, channels, 1);
    }

    public Tensor Forward(Tensor x_bct)
    {
        using var scope = NewDisposeScope();

        // A channel's query, key and value stand beside each other.
        var qkv_bc3t = _qkv.Forward(x_bct).reshape(x_bct.shape[0], _channels, 3, x_bct.shape[2]);
        var normal_3b1tc = MagnitudePreserving.Normalise(qkv_bc3t, 1).permute(2, 0, 3, 1).unsqueeze(2);
        var mixed_b1tc = functional.scaled_dot_product_attention(normal_3b1tc[0], normal_3b1tc[1], normal_3b1tc[2]);
        var branch_bct = _projOut.Forward(mixed_b1tc.squeeze(1).transpose(1, 2));
        return MagnitudePreserving.Sum(x_bct, branch_bct).MoveToOuterDisposeScope();
    }
}
