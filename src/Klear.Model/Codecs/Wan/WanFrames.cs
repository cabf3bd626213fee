using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width, n b * t, i row in a patch, j column in a patch

/// <summary>Moves frames into the batch and patches into channels, and back.</summary>
internal static class WanFrames
{
    /// <summary>Every frame an item of the batch, for layers that see one picture.</summary>
    public static Tensor Fold(Tensor x_bcthw)
    {
        using var scope = NewDisposeScope();
        var frames_btchw = x_bcthw.transpose(1, 2);
        return frames_btchw.flatten(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The clips again.</summary>
    public static Tensor Unfold(Tensor x_nchw, long b)
    {
        using var scope = NewDisposeScope();
        var (n, c, h, w) = (x_nchw.shape[0], x_nchw.shape[1], x_nchw.shape[2], x_nchw.shape[3]);
        return x_nchw.reshape(b, n / b, c, h, w).transpose(1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Patches to channels: column by column within a patch, as upstream orders them.</summary>
    public static Tensor PatchesToChannels(Tensor x_bcthw, int patch)
    {
        using var scope = NewDisposeScope();
        var (b, c, t, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1], x_bcthw.shape[2], x_bcthw.shape[3] / patch, x_bcthw.shape[4] / patch);
        var cells_bcthiwj = x_bcthw.reshape(b, c, t, h, patch, w, patch);
        return cells_bcthiwj.permute(0, 1, 6, 4, 2, 3, 5).reshape(b, c * patch * patch, t, h, w).MoveToOuterDisposeScope();
    }

    /// <summary>The opposite of <see cref="PatchesToChannels"/>.</summary>
    public static Tensor ChannelsToPatches(Tensor x_bcthw, int patch)
    {
        using var scope = NewDisposeScope();
        var (b, c, t, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1] / (patch * patch), x_bcthw.shape[2], x_bcthw.shape[3], x_bcthw.shape[4]);
        var cells_bcjithw = x_bcthw.reshape(b, c, patch, patch, t, h, w);
        return cells_bcjithw.permute(0, 1, 4, 5, 3, 6, 2).reshape(b, c, t, h * patch, w * patch).MoveToOuterDisposeScope();
    }
}
