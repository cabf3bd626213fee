using Klear.Model.Codecs.Wan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanNormTests
{
    [Fact]
    public void Channels_are_divided_by_their_root_mean_square()
    {
        // Root mean square of 3 and 4: 5 / sqrt(2).
        using var scope = NewDisposeScope();
        var norm = new WanNorm(full([2, 1], Math.Sqrt(2)));

        var normed_bc = norm.Forward(tensor(new float[] { 3, 4, 0, 0 }).reshape(2, 2, 1));

        Assert.Equal([3 * MathF.Sqrt(2) / 5, 4 * MathF.Sqrt(2) / 5, 0, 0], normed_bc.data<float>().ToArray(), (wanted, found) => Math.Abs(wanted - found) < 1e-6);
    }
}
