using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, c channels, t time steps

/// <summary>The widest part of the encoder and of the decoder: the only one that sees all time steps at once.</summary>
internal sealed class MelVaeMiddle(CheckpointWeights weights, string name, long channels)
{
    private readonly MpResnetBlock _block2 = new(weights, $"{name}.block_2", channels, channels);

    public MpResnetBlock Block1 { get; } = new(weights, $"{name}.block_1", channels, channels);

    public MpAttention Attention { get; } = new(weights, $"{name}.attn_1", channels);

    public Tensor Forward(Tensor h_bct)
    {
        using var scope = NewDisposeScope();
        return MelVae.Clamp(_block2.Forward(Attention.Forward(Block1.Forward(h_bct)))).MoveToOuterDisposeScope();
    }
}
