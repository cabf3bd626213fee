using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width, n b * t

/// <summary>Doubles the sides of each frame and, where it has a kernel for it, the frames after the first.</summary>
/// <param name="weight">Kernel in space, applied to the repeated pixels.</param>
/// <param name="bias">Added after it.</param>
/// <param name="time">Gives two frames, one in each half of its channels, or null.</param>
internal sealed class WanUpsample(Tensor weight, Tensor bias, WanCausalConv? time) : WanBlock
{
    private static readonly long[] SameSize = [1, 1];

    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();

        // The first frame stays single and stays out of what the kernel in time remembers: the next chunk sees zeros before it.
        var frames_bcthw = time is null || history.IsFirstChunk ? x_bcthw : DoubleFrames(x_bcthw, time, history);
        var doubled_nchw = RepeatPixels(WanFrames.Fold(frames_bcthw));
        var out_nchw = nn.functional.conv2d(doubled_nchw, weight, bias, padding: SameSize);
        return WanFrames.Unfold(out_nchw, x_bcthw.shape[0]).MoveToOuterDisposeScope();
    }

    private static Tensor DoubleFrames(Tensor x_bcthw, WanCausalConv time, WanHistory history)
    {
        var (b, c, t, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1], x_bcthw.shape[2], x_bcthw.shape[3], x_bcthw.shape[4]);
        var pairs_b2cthw = time.Forward(x_bcthw, history).reshape(b, 2, c, t, h, w);
        return pairs_b2cthw.permute(0, 2, 3, 1, 4, 5).reshape(b, c, 2 * t, h, w);
    }

    private static Tensor RepeatPixels(Tensor x_nchw)
    {
        var (n, c, h, w) = (x_nchw.shape[0], x_nchw.shape[1], x_nchw.shape[2], x_nchw.shape[3]);
        return x_nchw.reshape(n, c, h, 1, w, 1).expand(n, c, h, 2, w, 2).reshape(n, c, 2 * h, 2 * w);
    }
}
