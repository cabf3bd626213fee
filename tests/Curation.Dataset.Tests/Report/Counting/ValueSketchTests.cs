using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Tests.Report.Counting;

public sealed class ValueSketchTests
{
    [Fact]
    public void Quantiles_of_a_line_are_within_half_a_percent()
    {
        var sketch = new ValueSketch();
        for (var value = 1; value <= 10_000; value++) sketch.Add(value / 100.0);

        var bins = ValueSketch.Merge(sketch);
        Assert.Equal(10_000, bins.Sum(bin => bin.Count));
        foreach (var share in (double[])[0.05, 0.25, 0.5, 0.75, 0.95])
        {
            Assert.Equal(share * 100, ValueSketch.Quantile(bins, share)!.Value, share * 100 * 0.005);
        }
    }

    [Fact]
    public void Numbers_that_repeat_stay_exact()
    {
        var sketch = new ValueSketch();
        foreach (var value in (double[])[480, 480, 1080, 0.2, -0.2, 0, 24000]) sketch.Add(value);

        Assert.Equal([-0.2, 0, 0.2, 480, 1080, 24000], ValueSketch.Merge(sketch).Select(bin => bin.Value));
    }

    [Fact]
    public void Bins_do_not_depend_on_order()
    {
        var draw = new Random(3);
        var values = Enumerable.Range(0, 5000).Select(_ => (draw.NextDouble() - 0.5) * Math.Pow(10, draw.Next(-12, 14))).ToArray();
        var (first, second) = (new ValueSketch(), new ValueSketch());
        foreach (var value in values) first.Add(value);
        foreach (var value in values.Reverse()) second.Add(value);

        Assert.Equal(ValueSketch.Merge(first), ValueSketch.Merge(second));
    }

    [Fact]
    public void Quantile_of_nothing_is_null() => Assert.Null(ValueSketch.Quantile([], 0.5));
}
