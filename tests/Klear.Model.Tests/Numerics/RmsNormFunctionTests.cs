using Klear.Model.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

public sealed class RmsNormFunctionTests
{
    private const double Epsilon = 1e-3;

    // One vector, one group, several parts with a shorter last one, and vectors of two numbers.
    [Theory]
    [InlineData(5)]
    [InlineData(3, 4)]
    [InlineData(2, 3, 4, 8)]
    [InlineData(3, 150, 12, 64)]
    [InlineData(6, 2)]
    public void Gradients_are_those_that_torch_derives_in_double_precision(params int[] shape)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        long[] sizes = [.. shape];
        AssertGradients(randn(sizes), randn(sizes), randn(sizes[^1]));
    }

    [Fact]
    public void Vectors_may_lie_in_any_order()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);

        // Cut out of a longer row, as queries are; turned around; and all the same place in memory.
        AssertGradients(randn([2, 5, 3, 4, 8]).unbind(2)[1], randn(2, 5, 4, 8), randn(8));
        AssertGradients(randn(2, 4, 5, 8).transpose(1, 2), randn(2, 5, 4, 8), randn(8));
        AssertGradients(randn(8, 5).t(), ones(1).expand(5, 8), randn(8));
        AssertGradients(randn(1, 8).expand(5, 8), randn(8, 5).t(), randn(8));
    }

    [Fact]
    public void No_vectors_have_no_gradients()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(4);
        var x = zeros([2, 0, 3, 4], requires_grad: true);

        norm.call(x).sum().backward();

        Assert.Equal([2, 0, 3, 4], x.grad!.shape);
        Assert.Equal(0, norm.get_parameter("weight")!.grad!.count_nonzero().item<long>());
    }

    [Fact]
    public void Bfloat16_has_gradients_of_its_own_type_that_are_rounded_once()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(8, Epsilon);
        norm.to(ScalarType.BFloat16);
        manual_seed(4);
        var (x, gradient) = (randn(20, 8).to(ScalarType.BFloat16), randn(20, 8).to(ScalarType.BFloat16));
        var (expected, ofWeight) = Derived(x, gradient, ones(8));
        var given = x.requires_grad_();

        norm.call(given).backward([gradient]);

        // 8 bits of mantissa: half of 2^-8 of the value.
        Assert.Equal((ScalarType.BFloat16, ScalarType.BFloat16), (given.grad!.dtype, norm.get_parameter("weight")!.grad!.dtype));
        Assert.True(((given.grad!.to(ScalarType.Float64) - expected).abs() <= (expected.abs() / 256) + 1e-6).all().item<bool>());
        Assert.True(((norm.get_parameter("weight")!.grad!.to(ScalarType.Float64) - ofWeight).abs() <= (ofWeight.abs() / 256) + 1e-6).all().item<bool>());
    }

    [Fact]
    public void Result_is_the_same_with_and_without_gradients_and_when_it_is_computed_again()
    {
        using var scope = NewDisposeScope();
        using var norm = new RmsNorm(8, Epsilon);
        manual_seed(4);
        var (x, y) = (randn(3, 4, 8, requires_grad: true), randn(3, 4, 8));
        var plain = norm.call(x);
        (plain * y).sum().backward();
        var (direct, ofWeight) = (x.grad!.clone(), norm.get_parameter("weight")!.grad!.clone());
        x.grad!.zero_();
        norm.zero_grad();

        var again = Recompute.Run(inputs => [norm.call(inputs[0])], x)[0];
        (again * y).sum().backward();

        using (no_grad()) Assert.True(norm.call(x).eq(plain).all().item<bool>());
        Assert.True(again.eq(plain).all().item<bool>());
        Assert.True(x.grad!.eq(direct).all().item<bool>());
        Assert.True(norm.get_parameter("weight")!.grad!.eq(ofWeight).all().item<bool>());
    }

    [Fact]
    public void Passes_leave_no_tensors_behind()
    {
        using var norm = new RmsNorm(64);
        Pass();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Pass();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Pass()
        {
            using var scope = NewDisposeScope();
            norm.zero_grad();
            norm.call(randn([10_000, 64], requires_grad: true)).sum().backward();
        }
    }

    private static void AssertGradients(Tensor x, Tensor gradient, Tensor weight)
    {
        using var norm = new RmsNorm(x.shape[^1], Epsilon);
        using (no_grad()) norm.get_parameter("weight")!.copy_(weight);
        var (expected, ofWeight) = Derived(x, gradient, weight);
        var given = x.detach().requires_grad_();

        norm.call(given).backward([gradient]);

        AssertClose(expected, given.grad!);
        AssertClose(ofWeight, norm.get_parameter("weight")!.grad!);
    }

    private static (Tensor OfInput, Tensor OfWeight) Derived(Tensor x, Tensor gradient, Tensor weight)
    {
        var (input, scale) = (x.detach().to(ScalarType.Float64).clone().requires_grad_(), weight.to(ScalarType.Float64).clone().requires_grad_());
        (input * (input.square().mean([-1], keepdim: true) + Epsilon).rsqrt() * scale).backward([gradient.to(ScalarType.Float64)]);
        return (input.grad!, scale.grad!);
    }

    // Sums of thousands of terms in single precision.
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var (difference, largest) = ((expected - actual).abs().max().item<double>(), expected.abs().max().item<double>());
        Assert.True(difference <= 2e-6 * largest, FormattableString.Invariant($"off by {difference:g3} where the largest value is {largest:g3}"));
    }
}
