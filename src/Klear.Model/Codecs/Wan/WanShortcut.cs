using static TorchSharp.torch;

namespace Klear.Model.Codecs.Wan;

// b batch, c input channels, o output channels, t frames, h height, w width, g group, T H W repetitions along a side

/// <summary>Paths of Wan2.2 around a resolution, without weights.</summary>
internal static class WanShortcut
{
    private static readonly long[] Repeated = [2];

    /// <summary>Cells of a block of frames and pixels become channels, and neighbouring channels are averaged. A missing frame at the start is zero.</summary>
    /// <param name="x_bcthw">Any number of frames; sides divisible by <paramref name="sides"/>.</param>
    /// <param name="channels">A divisor of the channels times the block's cells.</param>
    /// <param name="frames">Frames in a block.</param>
    /// <param name="sides">Pixels along a side of a block.</param>
    public static Tensor Average(Tensor x_bcthw, long channels, int frames, int sides)
    {
        using var scope = NewDisposeScope();
        var missing = (frames - x_bcthw.shape[2] % frames) % frames;
        var whole_bcthw = missing == 0 ? x_bcthw : nn.functional.pad(x_bcthw, [0, 0, 0, 0, missing, 0]);
        var (b, c, t, h, w) = (whole_bcthw.shape[0], whole_bcthw.shape[1], whole_bcthw.shape[2] / frames, whole_bcthw.shape[3] / sides, whole_bcthw.shape[4] / sides);
        var blocks_bctThHwW = whole_bcthw.reshape(b, c, t, frames, h, sides, w, sides);
        var groups_bogthw = blocks_bctThHwW.permute(0, 1, 3, 5, 7, 2, 4, 6).reshape(b, channels, c * frames * sides * sides / channels, t, h, w);
        return groups_bogthw.mean(Repeated).MoveToOuterDisposeScope();
    }

    /// <summary>Channels are repeated and become cells of a block of frames and pixels.</summary>
    /// <param name="x_bcthw">Channels that divide <paramref name="channels"/> times the block's cells.</param>
    /// <param name="channels">Channels of the result.</param>
    /// <param name="frames">Frames in a block.</param>
    /// <param name="sides">Pixels along a side of a block.</param>
    /// <param name="isFirstChunk">Whether only the last frame of the first block is given.</param>
    public static Tensor Repeat(Tensor x_bcthw, long channels, int frames, int sides, bool isFirstChunk)
    {
        using var scope = NewDisposeScope();
        var (b, c, t, h, w) = (x_bcthw.shape[0], x_bcthw.shape[1], x_bcthw.shape[2], x_bcthw.shape[3], x_bcthw.shape[4]);
        var blocks_boTHWthw = x_bcthw.repeat_interleave(channels * frames * sides * sides / c, 1).reshape(b, channels, frames, sides, sides, t, h, w);
        var repeated_bothw = blocks_boTHWthw.permute(0, 1, 5, 2, 6, 3, 7, 4).reshape(b, channels, t * frames, h * sides, w * sides);
        return (isFirstChunk ? repeated_bothw.narrow(2, frames - 1, t * frames - (frames - 1)) : repeated_bothw).MoveToOuterDisposeScope();
    }
}
