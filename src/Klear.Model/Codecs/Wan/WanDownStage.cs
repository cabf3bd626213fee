using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>One resolution of Wan2.2's encoder: blocks, and averages of the input beside them.</summary>
internal sealed class WanDownStage(IReadOnlyList<WanBlock> blocks, long channels, int frames, int sides) : WanBlock
{
    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        return Through(blocks, x_bcthw, history).add_(WanShortcut.Average(x_bcthw, channels, frames, sides)).MoveToOuterDisposeScope();
    }
}
