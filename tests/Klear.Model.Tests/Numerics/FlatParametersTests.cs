using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Numerics;

// b batch, d width

public sealed class FlatParametersTests
{
    [Fact]
    public void Module_keeps_its_values_and_becomes_views_of_the_buffer()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(3, 5);
        var before = module.weight.detach().clone();
        using var flat = new FlatParameters(module);

        Assert.True(module.weight.detach().equal(before).all().item<bool>());
        using (no_grad()) flat.Master.fill_(2);

        Assert.Equal(2 * 15, module.weight.sum().item<float>());
        Assert.Equal(2 * 5, module.bias!.sum().item<float>());
        Assert.True(module.weight.is_leaf);
    }

    [Fact]
    public void Backward_accumulates_into_the_gradient_buffer()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1, hasBias: true);
        using var flat = new FlatParameters(module);

        for (var pass = 0; pass < 2; pass++) module.call(tensor(new float[] { 3, 5 }).reshape(1, 2)).sum().backward();

        // d(wx + b)/dw = x and d/db = 1, twice.
        var gradients = flat.Views(flat.Gradient);
        Assert.Equal([6, 10], gradients["weight"].data<float>().ToArray());
        Assert.Equal([2], gradients["bias"].data<float>().ToArray());

        flat.ZeroGradients();
        module.call(ones(1, 2)).sum().backward();

        Assert.Equal([1, 1], gradients["weight"].data<float>().ToArray());
    }

    [Fact]
    public void Decaying_parameters_come_first_and_start_on_aligned_elements()
    {
        using var module = nn.Sequential(("embed", nn.Embedding(7, 3)), ("out", nn.Linear(3, 5)));
        using var flat = new FlatParameters(module);

        Assert.Equal(["out.weight", "embed.weight", "out.bias"], flat.Ranges.Select(range => range.Name));
        Assert.Equal([true, false, false], flat.Ranges.Select(range => range.Decays));
        Assert.Equal([0, 32, 64], flat.Ranges.Select(range => range.Offset));
        Assert.Equal((15 + 21 + 5, 96, 32), (flat.Count, flat.Length, flat.DecayedLength));
    }

    [Fact]
    public void Frozen_parameters_stay_outside()
    {
        using var module = nn.Linear(2, 2);
        module.bias!.requires_grad_(false);
        using var flat = new FlatParameters(module);

        Assert.Equal(["weight"], flat.Ranges.Select(range => range.Name));
    }

    [Fact]
    public void Bfloat16_module_is_a_rounded_copy_of_the_master()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(1, 1, hasBias: false);
        using (no_grad()) module.weight.fill_(1);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);

        // bfloat16 has 8 bits of mantissa: 1 + 2^-9 rounds to 1, and 1 + 2^-7 is exact.
        using (no_grad()) flat.Views(flat.Master)["weight"].fill_(1 + (1 / 512f));
        flat.CopyToModule();
        Assert.Equal((ScalarType.BFloat16, 1f), (module.weight.dtype, module.weight.to(ScalarType.Float32).item<float>()));

        using (no_grad()) flat.Views(flat.Master)["weight"].fill_(1 + (1 / 128f));
        flat.CopyToModule();
        Assert.Equal(1 + (1 / 128f), module.weight.to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void Bfloat16_gradients_are_summed_in_single_precision()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(1, 1, hasBias: false);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);

        // 256 + 1 is 256 in bfloat16, so a sum kept in that type would stand still.
        foreach (var input in new float[] { 256, 1, 1, 1 })
        {
            module.call(tensor(input).reshape(1, 1).to(ScalarType.BFloat16)).sum().backward();
            flat.CollectGradients();
        }

        Assert.Equal(259, flat.Views(flat.Gradient)["weight"].item<float>());
    }

    [Fact]
    public void Master_keeps_what_bfloat16_cannot_hold()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(1, 1, hasBias: false);
        using (no_grad()) module.weight.fill_(1.001f);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);

        Assert.Equal(1.001f, flat.Views(flat.Master)["weight"].item<float>());
    }

    [Fact]
    public void State_of_the_module_is_the_master_with_frozen_parameters_and_buffers()
    {
        using var scope = NewDisposeScope();
        using var module = nn.BatchNorm1d(2);
        module.bias!.requires_grad_(false);
        using (no_grad()) module.weight!.fill_(1.001f);
        using var flat = new FlatParameters(module, ScalarType.BFloat16);

        var state = flat.StateOf(module);
        Assert.Equal(["bias", "num_batches_tracked", "running_mean", "running_var", "weight"], state.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((ScalarType.Float32, 1.001f), (state["weight"].dtype, state["weight"][1].item<float>()));

        using (no_grad())
        {
            state["weight"].fill_(2);
            state["bias"].fill_(3);
        }

        flat.CopyToModule();
        Assert.Equal(4, module.weight!.to(ScalarType.Float32).sum().item<float>());
        Assert.Equal(6, module.bias!.to(ScalarType.Float32).sum().item<float>());
    }

    [Fact]
    public void Half_precision_is_refused_by_name()
    {
        using var module = nn.Linear(1, 1);

        Assert.Contains("Float16", Assert.Throws<ArgumentException>(() => new FlatParameters(module, ScalarType.Float16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Module_without_trained_parameters_is_refused()
    {
        using var module = nn.ReLU();

        Assert.Throws<ArgumentException>(() => new FlatParameters(module));
    }
}
