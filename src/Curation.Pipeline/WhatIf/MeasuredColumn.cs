using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;

namespace Curation.Pipeline.WhatIf;

/// <summary>One measurement of all clips with its histogram, and the bar of each clip.</summary>
internal sealed class MeasuredColumn
{
    /// <summary>The bar of clips without a value.</summary>
    public const byte NoBin = 255;

    // Enough to lay out an axis by; sorting a million values would take as long as reading them.
    private const int SampledValues = 50_000;

    private MeasuredColumn(WhatIfHistogram histogram, byte[] bins)
    {
        Histogram = histogram;
        Bins = bins;
    }

    /// <summary>The histogram.</summary>
    public WhatIfHistogram Histogram { get; }

    /// <summary>The bar of each clip.</summary>
    public byte[] Bins { get; }

    /// <summary>Lays out a measurement.</summary>
    /// <param name="table">Clips with the measurement.</param>
    /// <param name="definition">The measurement.</param>
    /// <param name="limit">A limit that has to be on the axis; null for none.</param>
    public static MeasuredColumn Of(ClipTable table, MeasurementDefinition definition, Limit? limit)
    {
        var values = (double[])table.Values(definition.Name);
        var states = table.States(definition.Name);
        var sample = Sample(values);
        var axis = WhatIfAxis.Choose(definition, limit, sample);
        var (bins, counts, notApplicable) = (new byte[values.Length], new int[axis.Bins], 0);
        var (least, most, measured) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            if (double.IsNaN(value))
            {
                bins[row] = NoBin;
                if (states[row] == MeasurementState.NotApplicable) notApplicable++;
                continue;
            }

            var bin = axis.BinOf(value);
            bins[row] = (byte)bin;
            counts[bin]++;
            measured++;
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        var histogram = new WhatIfHistogram(
            definition.Name, axis, counts, measured, values.Length - measured - notApplicable, notApplicable,
            measured == 0 ? null : least, measured == 0 ? null : sample[sample.Length / 2], measured == 0 ? null : most);
        return new MeasuredColumn(histogram, bins);
    }

    private static double[] Sample(double[] values)
    {
        var every = Math.Max(1, values.Length / SampledValues);
        var sample = new List<double>(SampledValues + 1);
        for (var row = 0; row < values.Length; row += every)
        {
            if (!double.IsNaN(values[row])) sample.Add(values[row]);
        }

        // So few clips have it that the sample met none of them.
        if (sample.Count == 0) sample.AddRange(values.Where(value => !double.IsNaN(value)));
        sample.Sort();
        return [.. sample];
    }
}
