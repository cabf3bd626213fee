using Klear.Model.Codecs.Wan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanShortcutTests
{
    [Fact]
    public void Block_of_pixels_is_averaged()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = tensor(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }).reshape(1, 1, 1, 2, 4);

        var average_bcthw = WanShortcut.Average(x_bcthw, 1, 1, 2);

        Assert.Equal([(1 + 2 + 5 + 6) / 4f, (3 + 4 + 7 + 8) / 4f], average_bcthw.data<float>().ToArray());
    }

    [Fact]
    public void Frame_missing_at_the_start_counts_as_zero()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = tensor(new float[] { 4, 6, 8 }).reshape(1, 1, 3, 1, 1);

        var average_bcthw = WanShortcut.Average(x_bcthw, 1, 2, 1);

        Assert.Equal([(0 + 4) / 2f, (6 + 8) / 2f], average_bcthw.data<float>().ToArray());
    }

    [Fact]
    public void Channels_of_a_group_are_neighbouring_cells()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 1, 2, 2);

        var average_bcthw = WanShortcut.Average(x_bcthw, 2, 1, 2);

        Assert.Equal([(1 + 2) / 2f, (3 + 4) / 2f], average_bcthw.data<float>().ToArray());
    }

    [Fact]
    public void Channels_become_frames_then_rows_then_columns()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = arange(8, dtype: ScalarType.Float32).reshape(1, 8, 1, 1, 1);

        var repeated_bcthw = WanShortcut.Repeat(x_bcthw, 1, 2, 2, isFirstChunk: false);

        Assert.Equal([1, 1, 2, 2, 2], repeated_bcthw.shape);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], repeated_bcthw.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void First_chunk_keeps_the_last_frame_of_its_block()
    {
        using var scope = NewDisposeScope();
        var x_bcthw = arange(4, dtype: ScalarType.Float32).reshape(1, 4, 1, 1, 1);

        var repeated_bcthw = WanShortcut.Repeat(x_bcthw, 1, 2, 2, isFirstChunk: true);

        Assert.Equal([1, 1, 1, 2, 2], repeated_bcthw.shape);
        Assert.Equal([2, 2, 3, 3], repeated_bcthw.contiguous().data<float>().ToArray());
    }
}
