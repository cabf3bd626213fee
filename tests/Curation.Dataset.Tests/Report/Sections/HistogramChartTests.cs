using System.Globalization;
using System.Text.Json;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;
using Curation.Dataset.Report.Sections;
using static Curation.Dataset.Tests.Report.Rows;

namespace Curation.Dataset.Tests.Report.Sections;

public sealed class HistogramChartTests
{
    [Fact]
    public void Limit_of_a_ratio_over_the_whole_range_stands_at_its_share_of_the_width()
    {
        // Values over all of 0..1 make the axis 0..1: a limit of 0.2 stands at a fifth of 320.
        var chart = Draw("silence_ratio", new Limit("silence_ratio") { Max = 0.2 }, [0, 0.1, 0.5, 1]);

        var limit = Assert.Single(chart.Limits);
        Assert.Equal("64", limit.X);
        Assert.Equal("≤ 0.2", limit.Text);
        var shade = Assert.Single(chart.Shades);
        Assert.Equal(("64", "256"), (shade.X, shade.Width));
    }

    [Fact]
    public void Symmetric_limit_has_two_lines_that_mirror_each_other()
    {
        var chart = Draw("sync_offset_s", new Limit("sync_offset_s") { MaxAbs = 0.2 }, [-0.4, 0, 0.4]);

        Assert.Equal(2, chart.Limits.Count);
        Assert.Equal(320, chart.Limits.Sum(limit => double.Parse(limit.X, CultureInfo.InvariantCulture)), 0.02);
        Assert.Equal(["≥ −0.2\u00a0s", "≤ 0.2\u00a0s"], chart.Limits.Select(limit => limit.Text));
    }

    [Fact]
    public void Bars_hold_every_clip_once()
    {
        var draw = new Random(11);
        double[] values = [.. Enumerable.Range(0, 3000).Select(_ => 20 + (10 * (draw.NextDouble() + draw.NextDouble() - 1))), -400, 900];
        var chart = Draw("snr_db", new Limit("snr_db") { Min = 15 }, values);

        using var data = JsonDocument.Parse(chart.Data);
        var passed = data.RootElement.GetProperty("passed").EnumerateArray().Sum(bar => bar.GetInt64());
        var failed = data.RootElement.GetProperty("failed").EnumerateArray().Sum(bar => bar.GetInt64());
        Assert.Equal(values.Count(value => value >= 15), passed);
        Assert.Equal(values.Count(value => value < 15), failed);
    }

    [Fact]
    public void Outliers_do_not_stretch_the_axis()
    {
        var definition = MeasurementCatalog.Get("snr_db");
        var tally = Tally("snr_db", null, [.. Enumerable.Range(0, 1000).Select(place => 10 + (place / 100.0)), 1e9]);

        Assert.InRange(HistogramChart.ChooseAxis(tally, definition).High, 19.9, 25);
    }

    [Theory]
    [InlineData("black_ratio", 0)]
    [InlineData("short_side_px", 1080)]
    [InlineData("sharpness", -1.5)]
    [InlineData("speaker_count", 2)]
    [InlineData("container_skew_s", 0.00004)]
    public void Single_value_still_has_an_axis(string name, double value)
    {
        var axis = HistogramChart.ChooseAxis(Tally(name, null, [value, value]), MeasurementCatalog.Get(name));

        Assert.InRange(axis.Bins, 1, 100);
        Assert.InRange(value, axis.Low, axis.High);
        Assert.True(double.IsFinite(axis.Step) && axis.Step > 0);
    }

    [Fact]
    public void Nothing_measured_is_no_chart() =>
        Assert.Null(HistogramChart.Draw(new MeasurementTally(null), MeasurementCatalog.Get("snr_db")));

    private static ChartView Draw(string name, Limit limit, double[] values) =>
        HistogramChart.Draw(Tally(name, limit, values), MeasurementCatalog.Get(name))!;

    private static MeasurementTally Tally(string name, Limit? limit, double[] values)
    {
        var tally = new MeasurementTally(limit);
        foreach (var value in values)
        {
            var verdict = limit is null ? null : new Verdict(name, limit.Allows(value) ? VerdictOutcome.Pass : VerdictOutcome.Reject, value, limit.Describe(), null);
            tally.Add(Value(name, value), verdict);
        }

        return tally;
    }
}
