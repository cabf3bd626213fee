using Curation.Clips.Measuring;
using Curation.Dataset.Queries;

namespace Curation.Dataset.Tests.Queries;

public sealed class MeasurementSummaryTests
{
    [Fact]
    public async Task Values_0_to_100_have_the_quantiles_of_a_ruler()
    {
        using var dataset = new SampleDataset();
        var source = SampleOutcomes.Source(1, retained: 99);
        await dataset.AddAsync(source with
        {
            Clips = [.. source.Clips.Select((clip, index) => clip with { Measurements = [Measurement.Measured("snr_db", index, "made", "1"), Measurement.Unmeasured("mos", "no model")] })],
        });
        var manifest = (await dataset.CommitAsync()).Manifest;

        var summary = Assert.Single(await MeasurementSummary.LoadAsync(dataset.Store, manifest, TestContext.Current.CancellationToken));

        Assert.Equal(("snr_db", "dB", 101L), (summary.Name, summary.Unit, summary.Measured));
        Assert.Equal((0.0, 5.0, 50.0, 95.0, 100.0), (summary.Minimum, summary.P05, summary.Median, summary.P95, summary.Maximum));

        // Parts of 90 / 16 from 5 on: the first has 0..10, the last 90..100 because 5 + 15 * 5.625 = 89.375.
        Assert.Equal((16, 101L, 11L, 11L), (summary.Histogram.Count, summary.Histogram.Sum(), summary.Histogram[0], summary.Histogram[^1]));
    }
}
