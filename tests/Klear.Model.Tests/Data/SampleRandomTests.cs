using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class SampleRandomTests
{
    [Fact]
    public void Numbers_are_those_of_splitmix64()
    {
        // First outputs for the seed 1234567 in the reference implementation (Vigna, splitmix64.c), as Rosetta Code lists them.
        var random = new SampleRandom(1234567UL);

        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
        Assert.Equal(4593380528125082431UL, random.Next());
        Assert.Equal(16408922859458223821UL, random.Next());
    }

    [Fact]
    public void Numbers_below_a_count_are_even()
    {
        var random = new SampleRandom(1, "even", 0);
        var counts = new int[3];

        for (var i = 0; i < 30_000; i++) counts[random.Below(3)]++;

        // Five deviations of a binomial draw, sqrt(30000 / 3 * 2 / 3) = 82.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 410, 10_000 + 410));
    }

    [Fact]
    public void Units_lie_from_0_to_below_1()
    {
        var random = new SampleRandom(1, "unit", 0);
        var units = Enumerable.Range(0, 10_000).Select(_ => random.NextUnit()).ToList();

        Assert.All(units, unit => Assert.InRange(unit, 0, 1 - double.Epsilon));
        Assert.Equal(0.5, units.Average(), 0.015);
    }
}
