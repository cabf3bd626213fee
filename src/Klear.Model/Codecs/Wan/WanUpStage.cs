using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>One resolution of Wan2.2's decoder: blocks, and the repeated input beside them.</summary>
internal sealed class WanUpStage(IReadOnlyList<WanBlock> blocks, long channels, int frames, int sides) : WanBlock
{
    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        return Through(blocks, x_bcthw, history).add_(WanShortcut.Repeat(x_bcthw, channels, frames, sides, history.IsFirstChunk)).MoveToOuterDisposeScope();
    }
}
