using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Pipeline.WhatIf;

namespace Curation.Pipeline.Tests.WhatIf;

public sealed class WhatIfAxisTests
{
    public static TheoryData<string, double[], double?> Measured => new()
    {
        { "snr_db", [-3, 2, 5, 8, 30], 12 },
        { "watermark", [0, 0, 0, 0.001, 0.9], 0.05 },
        { "short_side_px", [240, 720, 1080], 200 },
        { "speaker_count", [0, 1, 2, 7], null },
        { "mos", [], 3 },
        { "loudness_lufs", [-14, -14], -50 },
    };

    [Theory]
    [MemberData(nameof(Measured))]
    public void Place_of_a_value_leads_back_to_it(string measurement, double[] values, double? bound)
    {
        var axis = WhatIfAxis.Choose(MeasurementCatalog.Get(measurement), bound is null ? null : new Limit(measurement) { Min = bound }, [.. values.Order()]);

        Assert.InRange(axis.Bins, 1, 255);
        for (var step = 0; step <= 20; step++)
        {
            var position = step / 20.0;
            var telling = axis.Whole ? Math.Max(0.02, 1 / (axis.High - axis.Low)) : 0.02;
            Assert.InRange(axis.PositionOf(axis.ValueAt(position)) - position, -telling, telling);
        }

        if (bound is { } limit) Assert.InRange(axis.PositionOf(limit), 0, 1);
        Assert.All(values, value => Assert.InRange(axis.BinOf(value), 0, axis.Bins - 1));
    }

    [Fact]
    public void Bars_of_growing_values_never_fall()
    {
        var axis = WhatIfAxis.Choose(MeasurementCatalog.Get("watermark"), null, [0, 0, 0, 0, 0.002, 0.5]);

        var bars = Enumerable.Range(0, 1000).Select(step => axis.BinOf(step / 1000.0)).ToList();

        Assert.True(axis.Factors);
        Assert.Equal(bars.Order(), bars);
        Assert.Equal((0, axis.Bins - 1), (bars[0], axis.BinOf(axis.High)));
    }
}
