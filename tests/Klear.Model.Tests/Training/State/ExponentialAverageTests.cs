using Klear.Model.Numerics;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

public sealed class ExponentialAverageTests
{
    [Fact]
    public void Average_moves_by_its_share_towards_the_parameters()
    {
        using var module = Module(8);
        using var flat = new FlatParameters(module);
        using var average = new ExponentialAverage(flat, 0.75, warmsUp: false);

        Set(flat, 16);
        average.Update();
        Assert.Equal(10, average.Average[0].item<float>());

        average.Update();
        Assert.Equal(11.5f, average.Average[0].item<float>());
    }

    [Fact]
    public void Warm_up_is_the_plain_mean_of_what_was_trained_until_the_decay_is_reached()
    {
        using var module = Module(1000);
        using var flat = new FlatParameters(module);
        using var average = new ExponentialAverage(flat, 0.75);
        float[] means = [1, 1.5f, 2, 2.5f, 2.5f + ((5 - 2.5f) / 4)];

        for (var update = 1; update <= 5; update++)
        {
            Set(flat, update);
            average.Update();

            // Of 1, of 1 and 2, and so on; from the fourth on a quarter is new. The 1000 of the beginning is forgotten at once.
            Assert.Equal(means[update - 1], average.Average[0].item<float>(), 1e-6);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Module_computes_with_the_average_and_gets_its_parameters_back(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var module = Module(8);
        using var flat = new FlatParameters(module, type);
        using var average = new ExponentialAverage(flat, 0.5);
        Set(flat, 3.14159f);
        var trained = flat.Master.clone();
        flat.CopyToModule();
        var computed = module.weight.detach().clone();

        using (average.Apply()) Assert.Equal(8, module.weight.to(ScalarType.Float32).item<float>());

        Assert.True(module.weight.equal(computed).all().item<bool>());
        Assert.True(flat.Master.equal(trained).all().item<bool>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Decay_outside_its_range_is_refused(double decay)
    {
        using var module = Module(1);
        using var flat = new FlatParameters(module);

        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialAverage(flat, decay));
    }

    private static TorchSharp.Modules.Linear Module(float value)
    {
        var module = nn.Linear(1, 1, hasBias: false);
        using (no_grad()) module.weight.fill_(value);
        return module;
    }

    private static void Set(FlatParameters flat, float value)
    {
        using (no_grad()) flat.Master.fill_(value);
    }
}
