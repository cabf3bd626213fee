using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

public sealed class AdamWArithmeticTests
{
    private static readonly AdamWOptions Options = new() { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 1e-8, WeightDecay = 0.1 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_steps_of_one_weight_are_those_of_the_paper(bool inOnePass)
    {
        using var scope = NewDisposeScope();
        var (weight, first, second) = (tensor(new float[] { 1 }), zeros(1), zeros(1));

        // By hand: m = 0.2 * 2 = 0.4, v = 0.1 * 4 = 0.4, corrected 2 and 4: 1 * (1 - 0.01) - 0.1 * 2 / 2 = 0.89;
        // then m = 0.8 * 0.4 + 0.2 * -1 = 0.12 of 0.36, v = 0.9 * 0.4 + 0.1 * 1 = 0.46 of 0.19: 0.89 * 0.99 - 0.1 * (1 / 3) / sqrt(0.46 / 0.19).
        Step(inOnePass, weight, tensor(new float[] { 2 }), first, second, 1);
        Assert.Equal(0.89f, weight.item<float>(), 1e-6);
        Step(inOnePass, weight, tensor(new float[] { -1 }), first, second, 2);
        Assert.Equal((float)((0.89 * 0.99) - (0.1 / 3 / Math.Sqrt(0.46 / 0.19))), weight.item<float>(), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData((1 << 18) + 13)]
    public void One_pass_equals_torchs_operations(long length)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        Tensor[] one = [randn(length, generator: generator), zeros(length), zeros(length)];
        Tensor[] torch = [.. one.Select(tensor => tensor.clone())];

        for (var step = 1; step <= 3; step++)
        {
            var gradient = randn(length, generator: generator);
            Step(true, one[0], gradient, one[1], one[2], step);
            Step(false, torch[0], gradient, torch[1], torch[2], step);
        }

        foreach (var (ours, theirs) in one.Zip(torch)) Assert.InRange((ours - theirs).abs().max().item<float>(), 0, 2e-6f);
    }

    private static void Step(bool inOnePass, Tensor weight, Tensor gradient, Tensor first, Tensor second, long step)
    {
        var factors = AdamWFactors.Of(Options, 0.1, step);
        if (inOnePass) AdamWArithmetic.StepInOnePass(weight, gradient, first, second, factors);
        else AdamWArithmetic.StepByTorch(weight, gradient, first, second, factors);
    }
}
