using static TorchSharp.torch;

namespace Klear.Model.Codecs.Neural.MmAudio;

// b batch, c channels, t time steps

/// <summary>Two convolutions beside a stream that is normalised over its channels.</summary>
internal sealed class MpResnetBlock
{
    private const int Width = 3;

    private readonly MpConvolution _conv1;
    private readonly MpConvolution _conv2;
    private readonly MpConvolution? _shortcut;

    public MpResnetBlock(CheckpointWeights weights, string name, long from, long to)
    {
        _conv1 = new MpConvolution(weights, $"{name}.conv1", from, to, Width);
        _conv2 = new MpConvolution(weights, $"{name}.conv2", to, to, Width);
        if (from != to) _shortcut = new MpConvolution(weights, $"{name}.nin_shortcut", from, to, 1);
    }

    public Tensor Forward(Tensor x_bct)
    {
        using var scope = NewDisposeScope();
        var stream_bct = MagnitudePreserving.Normalise(x_bct, 1);
        var branch_bct = _conv1.Forward(MagnitudePreserving.Silu(stream_bct));
        branch_bct = _conv2.Forward(MagnitudePreserving.Silu(branch_bct));
        if (_shortcut is not null) stream_bct = _shortcut.Forward(stream_bct);
        return MagnitudePreserving.Sum(stream_bct, branch_bct).MoveToOuterDisposeScope();
    }
}
