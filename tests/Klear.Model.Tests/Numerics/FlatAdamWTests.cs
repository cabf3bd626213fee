using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

// b batch, d width

public sealed class FlatAdamWTests
{
    [Fact]
    public void First_step_moves_each_weight_by_the_learning_rate_against_its_gradient()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1, hasBias: false);
        using var flat = new FlatParameters(module);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions { WeightDecay = 0 });
        using (no_grad()) module.weight.fill_(1);

        module.call(tensor(new float[] { 3, -5 }).reshape(1, 2)).sum().backward();
        optimiser.Step(0.01);

        // m / sqrt(v) of a first step is the gradient's sign.
        Assert.Equal(0.99f, module.weight.detach()[0, 0].item<float>(), 1e-6);
        Assert.Equal(1.01f, module.weight.detach()[0, 1].item<float>(), 1e-6);
    }

    [Fact]
    public void Weight_decay_is_decoupled_and_spares_what_does_not_decay()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 2);
        using var flat = new FlatParameters(module);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions { WeightDecay = 0.5 });
        using (no_grad()) flat.Master.fill_(1);

        optimiser.Step(0.1);

        // No gradient: only w - 0.1 * 0.5 * w is left, and the bias stays.
        Assert.Equal(4 * 0.95f, module.weight.sum().item<float>(), 1e-6);
        Assert.Equal(2, module.bias!.sum().item<float>());
    }

    [Fact]
    public void Twenty_steps_equal_the_librarys_optimiser()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var ours = Module();
        using var theirs = Module();
        theirs.load_state_dict(ours.state_dict());
        using var flat = new FlatParameters(ours, decays: (_, _) => true);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions { Beta2 = 0.95, WeightDecay = 0.1 });
        using var library = optim.AdamW(theirs.parameters(), lr: 1e-3, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1);

        for (var step = 0; step < 20; step++)
        {
            var x_bd = randn(8, 6);
            flat.ZeroGradients();
            ours.call(x_bd).square().mean().backward();
            optimiser.Step(1e-3);

            library.zero_grad();
            theirs.call(x_bd).square().mean().backward();
            library.step();
        }

        foreach (var (own, other) in ours.parameters().Zip(theirs.parameters())) Assert.InRange(own.sub(other).abs().max().item<float>(), 0, 1e-6f);
        Assert.InRange(ours.parameters().First().abs().max().item<float>(), 0.1f, 1);
    }

    [Fact]
    public void Two_shards_equal_the_whole()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        using var whole = Module();
        using var parted = Module();
        parted.load_state_dict(whole.state_dict());
        using var flatWhole = new FlatParameters(whole);
        using var flatParted = new FlatParameters(parted);
        using var one = new FlatAdamW(flatWhole, new AdamWOptions());
        var middle = (flatParted.DecayedLength / 2) + 3;
        using var left = new FlatAdamW(flatParted, new AdamWOptions(), 0, middle);
        using var right = new FlatAdamW(flatParted, new AdamWOptions(), middle, flatParted.Length - middle);

        for (var step = 0; step < 3; step++)
        {
            var gradient_n = randn(flatWhole.Length);
            flatWhole.Gradient.copy_(gradient_n);
            flatParted.Gradient.copy_(gradient_n);
            one.Step(0.01);
            left.Step(0.01);
            right.Step(0.01);
        }

        Assert.Equal(flatWhole.Master.data<float>().ToArray(), flatParted.Master.data<float>().ToArray());
    }

    [Fact]
    public void Buffer_longer_than_the_room_for_intermediate_values_is_stepped_to_its_end()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2049, 2050, hasBias: false);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions { WeightDecay = 0 });
        using (no_grad()) flat.Master.fill_(1);
        flat.CopyToModule();

        module.call(ones(1, 2049, ScalarType.BFloat16)).sum().backward();
        flat.CollectGradients();
        optimiser.Step(0.25);

        Assert.Equal(0.75f, flat.Views(flat.Master)["weight"].max().item<float>(), 1e-5);
        Assert.Equal(0.75f, module.weight.max().to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void Padding_stays_zero()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(1, 1, hasBias: false);
        using var flat = new FlatParameters(module);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions());

        module.call(ones(1, 1)).sum().backward();
        for (var step = 0; step < 3; step++) optimiser.Step(0.1);

        Assert.Equal(new float[31], flat.Master.narrow(0, 1, 31).data<float>().ToArray());
    }

    [Fact]
    public void Bfloat16_module_trains_by_steps_smaller_than_its_own_rounding()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(1, 1, hasBias: false);
        using (no_grad()) module.weight.fill_(1);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions { WeightDecay = 0 });

        for (var step = 0; step < 16; step++)
        {
            flat.ZeroGradients();
            module.call(ones(1, 1, ScalarType.BFloat16)).sum().backward();
            flat.CollectGradients();
            optimiser.Step(1 / 1024.0);
        }

        // Below 1, bfloat16 has steps of 2^-8: each of these alone would have been lost.
        Assert.Equal(1 - (16 / 1024f), module.weight.to(ScalarType.Float32).item<float>(), 1e-6);
    }

    [Fact]
    public void Moments_have_the_parameters_names_and_share_the_optimisers_memory()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);
        using var flat = new FlatParameters(module);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions());

        var moments = optimiser.Moments();
        moments["exp_avg_sq.bias"].fill_(3);

        Assert.Equal(["exp_avg.bias", "exp_avg.weight", "exp_avg_sq.bias", "exp_avg_sq.weight"], moments.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(3, optimiser.SecondMoment.sum().item<float>());
    }

    [Fact]
    public void Step_leaves_no_tensor_behind()
    {
        using var module = nn.Linear(4, 4);
        using var flat = new FlatParameters(module);
        using var optimiser = new FlatAdamW(flat, new AdamWOptions());

        optimiser.Step(0.1);
        using var scope = NewDisposeScope();
        optimiser.Step(0.1);
        flat.ZeroGradients();
        GradientNorm.Clip(flat.Gradient, 1);

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Theory]
    [InlineData(1.0, 0.9)]
    [InlineData(0.9, -0.1)]
    public void Betas_outside_their_range_are_refused(double beta1, double beta2)
    {
        using var module = nn.Linear(1, 1);
        using var flat = new FlatParameters(module);

        Assert.Throws<ArgumentException>(() => new FlatAdamW(flat, new AdamWOptions { Beta1 = beta1, Beta2 = beta2 }));
    }

    private static nn.Module<Tensor, Tensor> Module() => nn.Sequential(nn.Linear(6, 16), nn.GELU(), nn.Linear(16, 4));
}
