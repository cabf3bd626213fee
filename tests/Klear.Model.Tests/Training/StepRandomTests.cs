using Klear.Model.Training;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training;

public sealed class StepRandomTests
{
    [Fact]
    public void Same_step_draws_the_same_and_another_something_else()
    {
        Assert.Equal(StepRandom.Unit(1, 2, 3), StepRandom.Unit(1, 2, 3));
        Assert.Equal(4, new[] { StepRandom.Unit(1, 2, 3), StepRandom.Unit(2, 2, 3), StepRandom.Unit(1, 3, 3), StepRandom.Unit(1, 2, 4) }.Distinct().Count());
    }

    [Fact]
    public void Draws_fill_the_unit_interval_evenly()
    {
        var draws = Enumerable.Range(0, 20_000).Select(step => StepRandom.Unit(7, step, 0)).ToList();

        Assert.All(draws, draw => Assert.InRange(draw, 0, 1 - 1e-16));

        // The mean of a uniform variable, with a deviation of 0.2887 / sqrt(20000) = 0.002.
        Assert.InRange(draws.Average(), 0.49, 0.51);
    }

    [Fact]
    public void Noise_of_a_step_is_made_again()
    {
        using var scope = NewDisposeScope();
        using var one = StepRandom.Generator(1, 5, 0);
        using var again = StepRandom.Generator(1, 5, 0);

        Assert.Equal(randn(8, generator: one).data<float>().ToArray(), randn(8, generator: again).data<float>().ToArray());
    }
}
