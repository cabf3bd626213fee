using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c channels, t frames, h height, w width

/// <summary>Halves the sides of each frame and, where it has a kernel for it, the frames after the first.</summary>
/// <param name="weight">Kernel in space.</param>
/// <param name="bias">Added after it.</param>
/// <param name="time">Kernel and bias in time, or null.</param>
internal sealed class WanDownsample(Tensor weight, Tensor bias, (Tensor Weight, Tensor Bias)? time) : WanBlock
{
    private static readonly long[] RightAndBottom = [0, 1, 0, 1];
    private static readonly long[] HalfSides = [2, 2];
    private static readonly long[] HalfFrames = [2, 1, 1];

    public override Tensor Forward(Tensor x_bcthw, WanHistory history)
    {
        using var scope = NewDisposeScope();
        var padded_nchw = nn.functional.pad(WanFrames.Fold(x_bcthw), RightAndBottom);
        var half_nchw = nn.functional.conv2d(padded_nchw, weight, bias, strides: HalfSides);
        padded_nchw.Dispose();
        var half_bcthw = WanFrames.Unfold(half_nchw, x_bcthw.shape[0]);
        return (time is { } kernel ? HalveFrames(half_bcthw, kernel.Weight, kernel.Bias, history) : half_bcthw).MoveToOuterDisposeScope();
    }

    /// <summary>The first frame stays; each later pair is seen with the frame before it.</summary>
    private Tensor HalveFrames(Tensor x_bcthw, Tensor timeWeight, Tensor timeBias, WanHistory history)
    {
        var seen_bcthw = history.Find(this) is { } before_bcthw ? cat([before_bcthw, x_bcthw], 2) : null;
        history.Keep(this, x_bcthw.narrow(2, x_bcthw.shape[2] - 1, 1));
        return seen_bcthw is null ? x_bcthw : nn.functional.conv3d(seen_bcthw, timeWeight, timeBias, strides: HalfFrames);
    }
}
