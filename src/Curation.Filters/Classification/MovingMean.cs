namespace Curation.Filters.Classification;

/// <summary>Mean over a window centred on each value, cut short at the ends.</summary>
internal static class MovingMean
{
    /// <param name="values">The series.</param>
    /// <param name="reach">Values on each side of the centre.</param>
    public static float[] Of(ReadOnlySpan<float> values, int reach)
    {
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++) sums[i + 1] = sums[i] + values[i];

        var means = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var first = Math.Max(0, i - reach);
            var end = Math.Min(values.Length, i + reach + 1);
            means[i] = (float)((sums[end] - sums[first]) / (end - first));
        }

        return means;
    }
}
