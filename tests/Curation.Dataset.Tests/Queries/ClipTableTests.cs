using Curation.Dataset.Queries;
using Curation.Dataset.Tests.Rejudging;

namespace Curation.Dataset.Tests.Queries;

public sealed class ClipTableTests
{
    [Fact]
    public async Task Columns_hold_what_the_rows_say()
    {
        using var dataset = new SampleDataset();
        var random = new RandomClips(7);
        await dataset.AddAsync(random.Source(1, 60, random.Policy("any")));
        var manifest = (await dataset.CommitAsync()).Manifest;
        var rows = (await dataset.ReadClipsAsync(manifest)).ToDictionary(clip => clip.Id.Value);

        var table = await ClipTable.LoadAsync(dataset.Store, manifest, ["snr_db", "mos"], TestContext.Current.CancellationToken);

        Assert.Equal(60, table.Rows);
        for (var index = 0; index < table.Rows; index++)
        {
            var row = rows[table.Ids[index]];
            Assert.Equal((row.Split, row.Outcome, row.Span.Duration.TotalSeconds), (table.Splits[index], table.Outcomes[index], table.Seconds[index]));
            var mos = row.Measurements.FirstOrDefault(measurement => measurement.Name == "mos");
            Assert.Equal(mos?.Value ?? double.NaN, table.Values("mos")[index]);
            Assert.Equal(mos?.State, table.States("mos")[index]);
        }
    }

    [Fact]
    public async Task Unknown_measurement_is_refused()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var manifest = (await dataset.CommitAsync()).Manifest;

        await Assert.ThrowsAsync<ArgumentException>(() => ClipTable.LoadAsync(dataset.Store, manifest, ["mosquito"], TestContext.Current.CancellationToken));
    }
}
