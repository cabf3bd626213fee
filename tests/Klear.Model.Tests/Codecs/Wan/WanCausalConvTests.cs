using Klear.Model.Codecs.Wan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanCausalConvTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(1, 1, 1, 1, 1, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(2, 1, 3)]
    public void Chunks_give_what_the_whole_gives(params int[] chunks)
    {
        // A kernel of ones sums a frame and the two before it; before 1, 2, 3 ... stand zeros.
        using var scope = NewDisposeScope();
        using var history = new WanHistory();
        var conv = new WanCausalConv(ones([1, 1, 3, 1, 1]), zeros(1));
        var x_bcthw = arange(1, 7, dtype: ScalarType.Float32).reshape(1, 1, 6, 1, 1);

        var parts = new List<float>();
        var at = 0;
        foreach (var count in chunks)
        {
            parts.AddRange(conv.Forward(x_bcthw.narrow(2, at, count), history).data<float>());
            at += count;
        }

        Assert.Equal([1, 3, 6, 9, 12, 15], parts);
    }

    [Fact]
    public void Kernel_in_space_keeps_the_size()
    {
        using var scope = NewDisposeScope();
        using var history = new WanHistory();
        var conv = new WanCausalConv(ones([1, 1, 3, 3, 3]), zeros(1));

        var sums_bcthw = conv.Forward(ones([1, 1, 1, 2, 3]), history);

        Assert.Equal([4, 6, 4, 4, 6, 4], sums_bcthw.data<float>().ToArray());
    }
}
