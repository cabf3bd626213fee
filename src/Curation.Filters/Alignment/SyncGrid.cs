namespace Curation.Filters.Alignment;

/// <summary>The common time grid of picture and sound, and the filters that run on it.</summary>
internal static class SyncGrid
{
    /// <summary>Distance of grid points in seconds.</summary>
    public const double StepSeconds = 0.02;

    /// <summary>Grid points in a second.</summary>
    public const int PerSecond = 50;

    private const int TrendPoints = 2 * PerSecond;
    private const int RiseAhead = 3;
    private const int RiseGap = 3;
    private const int RiseBehind = 12;

    /// <summary>Takes out the centred 2 s moving mean.</summary>
    /// <param name="series">Values on the grid.</param>
    /// <returns>The rest.</returns>
    public static float[] Detrend(ReadOnlySpan<float> series)
    {
        var sums = Sums(series);
        var rest = new float[series.Length];
        for (var i = 0; i < rest.Length; i++) rest[i] = series[i] - Mean(sums, i - (TrendPoints / 2), i + (TrendPoints / 2));
        return rest;
    }

    /// <summary>Mean of the next 80 ms minus the mean of 60 to 240 ms before: large where something starts.</summary>
    /// <param name="series">Values on the grid.</param>
    /// <returns>The rise; negative where the series falls.</returns>
    public static float[] Rise(ReadOnlySpan<float> series)
    {
        var sums = Sums(series);
        var rise = new float[series.Length];
        for (var i = RiseGap; i < rise.Length; i++) rise[i] = Mean(sums, i, i + RiseAhead) - Mean(sums, i - RiseBehind, i - RiseGap);
        return rise;
    }

    private static double[] Sums(ReadOnlySpan<float> series)
    {
        var sums = new double[series.Length + 1];
        for (var i = 0; i < series.Length; i++) sums[i + 1] = sums[i] + series[i];
        return sums;
    }

    private static float Mean(double[] sums, int first, int last)
    {
        first = Math.Max(first, 0);
        last = Math.Min(last, sums.Length - 2);
        return (float)((sums[last + 1] - sums[first]) / (last - first + 1));
    }
}
