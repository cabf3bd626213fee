using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

public sealed class RmsNormTests
{
    [Fact]
    public void Vector_is_scaled_to_a_root_mean_square_of_one_and_by_the_weight()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(2, 2.0);
        using (no_grad()) norm.get_parameter("weight")!.copy_(tensor(new float[] { 1, 10 }));

        // mean(1, 27) + 2 = 16, so everything is a quarter.
        var output = norm.call(tensor(new[] { 1, MathF.Sqrt(27) }).reshape(1, 1, 2));

        Assert.Equal([1, 1, 2], output.shape);
        Assert.Equal(0.25f, output[0, 0, 0].item<float>(), 1e-6);
        Assert.Equal(10 * MathF.Sqrt(27) / 4, output[0, 0, 1].item<float>(), 1e-5);
    }

    [Fact]
    public void Bfloat16_goes_in_and_out_and_is_squared_in_single_precision()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(2, 1e-6);

        var output = norm.call(tensor(new[] { 1e18f, -1e18f }).to(ScalarType.BFloat16));

        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Assert.Equal(1, output[0].to(ScalarType.Float32).item<float>());
        Assert.Equal(-1, output[1].to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void Gradient_of_the_weight_is_the_normed_input()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(2, 2.0);

        norm.call(tensor(new[] { 1, MathF.Sqrt(27) })).sum().backward();

        Assert.Equal(0.25f, norm.get_parameter("weight")!.grad![0].item<float>(), 1e-6);
    }

    [Fact]
    public void Weight_is_the_only_key()
    {
        using var norm = new RmsNorm(3);

        Assert.Equal(["weight"], norm.state_dict().Keys);
    }

    [Fact]
    public void Other_width_is_refused_with_both_sizes()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(3);

        var error = Assert.Throws<ArgumentException>(() => norm.call(zeros(2, 4)));

        Assert.Contains("[2, 4] do not end in 3", error.Message, StringComparison.Ordinal);
    }
}
