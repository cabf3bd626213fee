using Curation.Pipeline.Planning;

namespace Curation.Pipeline.Tests.Planning;

public sealed class StratifiedSampleTests
{
    [Fact]
    public void Census_gives_exact_totals()
    {
        var sample = new StratifiedSample([2, 1], [0, 0, 1], [1, 2, 3], 6, seed: 0);

        Assert.True(sample.IsCensus);
        Assert.Equal(Estimate.Exact(12), sample.Total([3, 4, 5]));
        Assert.Equal(Estimate.Exact(0.5), sample.Share([2, 2, 2], [3, 4, 5]));
    }

    [Fact]
    public void Expansion_weighs_each_stratum_by_its_own_units()
    {
        var sample = new StratifiedSample([10, 6], [0, 0, 1, 1, 1], null, 0, seed: 0);

        // 10/2 (3 + 5) + 6/3 (1 + 0 + 2)
        var total = sample.Total([3, 5, 1, 0, 2]);

        Assert.Equal(46, total.Value, 1e-9);
        Assert.Equal(EstimateMethod.Expansion, total.Method);
        Assert.InRange(46, total.Low!.Value, total.High!.Value);
    }

    [Fact]
    public void Quantity_that_follows_size_is_taken_by_ratio_and_has_no_spread()
    {
        var sample = new StratifiedSample([10], [0, 0, 0], [1, 2, 6], 40, seed: 0);

        var total = sample.Total([2, 4, 12]);

        Assert.Equal(EstimateMethod.Ratio, total.Method);
        Assert.Equal((80.0, 80.0, 80.0), (total.Value, Math.Round(total.Low!.Value, 9), Math.Round(total.High!.Value, 9)));
    }

    [Fact]
    public void Quantity_that_has_nothing_to_do_with_size_is_expanded()
    {
        var sample = new StratifiedSample([100], [0, 0, 0, 0], [1, 50, 3, 900], 20_000, seed: 0);

        Assert.Equal(EstimateMethod.Expansion, sample.Total([4, 5, 4, 5]).Method);
    }

    [Fact]
    public void Interval_never_ends_below_what_was_met()
    {
        var total = new StratifiedSample([12], [.. new int[10]], null, 0, seed: 0).Total([0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);

        Assert.Equal(9, total.Low!.Value);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void Width_is_that_of_the_textbook_with_its_finite_population_correction(int population)
    {
        double[] values = [.. Enumerable.Range(1, 50).Select(value => (double)value)];
        var total = new StratifiedSample([population], [.. new int[50]], null, 0, seed: 1).Total(values);

        // Cochran 1977, 2.24: N s sqrt((1 - f)/n); s^2 of 1..50 is 50*51/12; t of 49 degrees is 1.6766.
        var half = 1.6766 * population * Math.Sqrt(50 * 51 / 12.0 * (1 - (50.0 / population)) / 50);

        Assert.Equal(25.5 * population, total.Value, 1e-6 * population);
        Assert.InRange((total.High!.Value - total.Low!.Value) / (2 * half), 0.93, 1.07);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(12, 100)]
    public void Nine_of_ten_intervals_hold_the_truth(int size, int seed)
    {
        const int Draws = 400;
        var random = new Random(20260101 + seed);
        double[][] population = [Normal(random, 600, 100, 20), Normal(random, 400, 40, 10)];
        var truth = population.Sum(stratum => stratum.Sum());

        var held = Enumerable.Range(0, Draws).Count(draw =>
        {
            var values = population.SelectMany(stratum => Drawn(random, stratum, size / 2)).ToArray();
            var total = new StratifiedSample([600, 400], [.. values.Select((_, place) => place < size / 2 ? 0 : 1)], null, 0, draw).Total(values);
            return total.Low <= truth && truth <= total.High;
        });

        Assert.InRange((double)held / Draws, 0.85, 0.95);
    }

    [Fact]
    public void Nine_of_ten_intervals_of_ratios_hold_the_truth_where_sizes_are_skewed()
    {
        const int Draws = 400;
        var random = new Random(7);
        var sizes = Normal(random, 1000, 0, 0.7).Select(Math.Exp).ToArray();
        var values = sizes.Select(size => size * (2 + random.NextDouble())).ToArray();

        var held = Enumerable.Range(0, Draws).Count(draw =>
        {
            int[] units = [.. Drawn(random, [.. Enumerable.Range(0, 1000).Select(unit => (double)unit)], 30).Select(unit => (int)unit)];
            var total = new StratifiedSample([1000], [.. new int[30]], [.. units.Select(unit => sizes[unit])], sizes.Sum(), draw).Total([.. units.Select(unit => values[unit])]);
            return total.Low <= values.Sum() && values.Sum() <= total.High;
        });

        Assert.InRange((double)held / Draws, 0.85, 0.95);
    }

    [Fact]
    public void Same_seed_gives_the_same_interval()
    {
        Estimate Total(int seed) => new StratifiedSample([1000], [.. new int[40]], null, 0, seed).Total([.. Enumerable.Range(1, 40).Select(value => Math.Sqrt(value))]);

        Assert.Equal(Total(5), Total(5));
        Assert.NotEqual(Total(5), Total(6));
    }

    [Fact]
    public void One_unit_of_a_stratum_says_nothing_of_its_spread()
    {
        var total = new StratifiedSample([5], [0], null, 0, seed: 0).Total([3]);

        Assert.Equal((15.0, null, null), (total.Value, total.Low, total.High));
    }

    [Fact]
    public void Impossible_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StratifiedSample([1], [0, 0], null, 0, 0));
        Assert.Throws<ArgumentException>(() => new StratifiedSample([2, 3], [0, 0], null, 0, 0));
        Assert.Throws<ArgumentException>(() => new StratifiedSample([2], [0, 0], [1], 1, 0));
        Assert.Throws<ArgumentException>(() => new StratifiedSample([2], [0, 0], null, 0, 0).Total([1, -1]));
        Assert.Throws<ArgumentException>(() => new StratifiedSample([2], [0, 0], null, 0, 0).Total([1]));
    }

    private static double[] Normal(Random random, int count, double mean, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];

    private static double[] Drawn(Random random, double[] from, int count)
    {
        double[] shuffled = [.. from];
        random.Shuffle(shuffled);
        return shuffled[..count];
    }
}
