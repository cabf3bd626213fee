using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>A layer that sees a clip chunk by chunk.</summary>
internal abstract class WanBlock
{
    /// <summary>The next chunk; the input is left as it is, and the result is a new tensor in the caller's dispose scope.</summary>
    public abstract Tensor Forward(Tensor x_bcthw, WanHistory history);

    /// <summary>Blocks one after another; what only the next block needs is freed once it has run.</summary>
    public static Tensor Through(IReadOnlyList<WanBlock> blocks, Tensor x_bcthw, WanHistory history)
    {
        var current = x_bcthw;
        foreach (var block in blocks)
        {
            var next = block.Forward(current, history);
            if (!ReferenceEquals(current, x_bcthw)) current.Dispose();
            current = next;
        }

        return current;
    }
}
