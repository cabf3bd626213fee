namespace Curation.Filters.Alignment;

/// <summary>The common time grid of picture and sound, and the filters that run on it.</summary>
internal static class SyncGrid
{
    /// <summary>Distance of grid points in seconds.</summary>
    public const double StepSeconds = 0.02;

    /// <summary>Grid points in a second.</summary>
    public const int PerSecond = 50;

    private const int TrendPoints = 2 * PerSecond;
    private const int SmoothPoints = 2;
    private const int RiseAhead = 3;
    private const int RiseGap = 3;
    private const int RiseBehind = 12;
    private const int BurstBehind = 20;

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

    /// <summary>Centred mean over 100 ms: a click lasts as long as the motion that made it is seen.</summary>
    /// <param name="series">Values on the grid.</param>
    /// <returns>The smoothed series.</returns>
    public static float[] Smooth(ReadOnlySpan<float> series)
    {
        var sums = Sums(series);
        var smooth = new float[series.Length];
        for (var i = 0; i < smooth.Length; i++) smooth[i] = Mean(sums, i - SmoothPoints, i + SmoothPoints);
        return smooth;
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

    /// <summary>A value minus the mean of 80 to 400 ms before, where positive: peaks with what it watches, not ahead of it.</summary>
    /// <param name="series">Values on the grid.</param>
    /// <returns>The burst; 0 where the series does not stand above what came before.</returns>
    public static float[] Burst(ReadOnlySpan<float> series)
    {
        var sums = Sums(series);
        var burst = new float[series.Length];
        for (var i = RiseGap; i < burst.Length; i++) burst[i] = Math.Max(0, series[i] - Mean(sums, i - BurstBehind, i - RiseGap - 1));
        return burst;
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
