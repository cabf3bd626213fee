using Klear.Model.Codecs.Wan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanFramesTests
{
    [Fact]
    public void Patches_become_channels_in_upstreams_order()
    {
        using var parity = new WanParityCase("wan22-vae");
        using var scope = NewDisposeScope();

        parity.Near("patchify_of_first_frame", WanFrames.PatchesToChannels(parity.Pictures(1), 2));
    }

    [Fact]
    public void Patch_is_read_column_by_column()
    {
        using var scope = NewDisposeScope();
        var picture_bcthw = arange(4).reshape(1, 1, 1, 2, 2);

        var folded_bcthw = WanFrames.PatchesToChannels(picture_bcthw, 2);

        Assert.Equal([1, 4, 1, 1, 1], folded_bcthw.shape);
        Assert.Equal([0L, 2, 1, 3], folded_bcthw.data<long>().ToArray());
        Assert.True(WanFrames.ChannelsToPatches(folded_bcthw, 2).Equals(picture_bcthw));
    }

    [Fact]
    public void Folded_frames_come_back_clip_by_clip()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = arange(2 * 3 * 4 * 5 * 6).reshape(2, 3, 4, 5, 6);

        var x_nchw = WanFrames.Fold(x_bcthw);

        Assert.Equal([8, 3, 5, 6], x_nchw.shape);
        Assert.True(x_nchw[5].Equals(x_bcthw[1, .., 1]));
        Assert.True(WanFrames.Unfold(x_nchw, 2).Equals(x_bcthw));
    }
}
