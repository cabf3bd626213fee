using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

public sealed class GradientNormTests
{
    [Fact]
    public void Longer_gradient_is_scaled_to_the_maximum_and_its_length_told()
    {
        using var gradient = tensor(new float[] { 3, 0, 4 });

        Assert.Equal(5, GradientNorm.Clip(gradient, 1));
        Assert.Equal(0.6f, gradient[0].item<float>(), 1e-5);
        Assert.Equal(0.8f, gradient[2].item<float>(), 1e-5);
    }

    [Fact]
    public void Shorter_gradient_is_left_alone()
    {
        using var gradient = tensor(new float[] { 3, 4 });

        Assert.Equal(5, GradientNorm.Clip(gradient, 6));
        Assert.Equal(3, gradient[0].item<float>());
    }

    [Fact]
    public void Length_of_very_many_equal_gradients_is_their_root()
    {
        using var gradient = ones(1).expand(1 << 30);

        Assert.Equal(32768, GradientNorm.Clip(gradient, double.PositiveInfinity)!.Value, 1e-3);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Gradient_that_is_not_finite_has_no_length(float value)
    {
        using var gradient = tensor(new[] { 3, value });

        Assert.Null(GradientNorm.Clip(gradient, 1));
        Assert.Equal(3, gradient[0].item<float>());
    }
}
