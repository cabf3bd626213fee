using System.Numerics.Tensors;

namespace Curation.Filters.Alignment;

/// <summary>Correlates one sound series with many motion series at one lag after the other, in four segments of time.</summary>
internal sealed class LagCorrelator
{
    /// <summary>Segments of the clip, each of which is left out once.</summary>
    public const int Segments = 4;

    /// <summary>Standard deviation added to a motion series, in its logarithmic unit: a still block correlates with nothing.</summary>
    private const double StillDeviation = 0.05;

    private readonly float[][] _motion;
    private readonly double[][] _motionSums;
    private readonly double[][] _motionSquares;
    private readonly float[] _sound;
    private readonly double[] _soundSums;
    private readonly double[] _soundSquares;
    private readonly int _start;
    private readonly int _end;

    public LagCorrelator(float[][] motion, float[] sound, int start, int end)
    {
        (_motion, _sound, _start, _end) = (motion, sound, start, end);
        _motionSums = [.. motion.Select(series => Sums(series, false))];
        _motionSquares = [.. motion.Select(series => Sums(series, true))];
        _soundSums = Sums(sound, false);
        _soundSquares = Sums(sound, true);
    }

    /// <summary>Grid points in which both sides are known at a lag.</summary>
    public int Overlap(int lag)
    {
        var (from, to) = Window(lag);
        return Math.Max(0, to - from);
    }

    /// <summary>Adds the Fisher z of every motion series, times the root of the overlap in seconds.</summary>
    /// <param name="lag">Grid points by which the sound is late.</param>
    /// <param name="whole">One value a motion series over the whole overlap.</param>
    /// <param name="without">The same without one segment, for each segment; empty to skip.</param>
    public void Add(int lag, float[] whole, float[][] without)
    {
        var (from, to) = Window(lag);
        if (to - from < SyncGrid.PerSecond) return;

        Span<int> edges = stackalloc int[Segments + 1];
        for (var i = 0; i <= Segments; i++) edges[i] = from + ((to - from) * i / Segments);
        Span<double> products = stackalloc double[Segments];
        Span<float> z = new float[_motion.Length];
        var parts = new float[without.Length][];
        for (var i = 0; i < parts.Length; i++) parts[i] = new float[_motion.Length];

        for (var series = 0; series < _motion.Length; series++)
        {
            var total = 0.0;
            for (var i = 0; i < Segments; i++)
            {
                var length = edges[i + 1] - edges[i];
                products[i] = TensorPrimitives.Dot<float>(_motion[series].AsSpan(edges[i], length), _sound.AsSpan(edges[i] + lag, length));
                total += products[i];
            }

            z[series] = Correlation(series, lag, from, to, 0, 0, total);
            for (var i = 0; i < parts.Length; i++) parts[i][series] = Correlation(series, lag, from, to, edges[i], edges[i + 1], total - products[i]);
        }

        AddFisher(z, whole, to - from);
        for (var i = 0; i < parts.Length; i++) AddFisher(parts[i], without[i], to - from - (edges[i + 1] - edges[i]));
    }

    private static void AddFisher(Span<float> correlations, float[] sum, int points)
    {
        TensorPrimitives.Atanh(correlations, correlations);
        TensorPrimitives.MultiplyAdd(correlations, MathF.Sqrt(points / (float)SyncGrid.PerSecond), sum, sum);
    }

    private static double[] Sums(float[] series, bool squared)
    {
        var sums = new double[series.Length + 1];
        for (var i = 0; i < series.Length; i++) sums[i + 1] = sums[i] + (squared ? (double)series[i] * series[i] : series[i]);
        return sums;
    }

    private (int From, int To) Window(int lag) => (Math.Max(0, _start - lag), Math.Min(_motion[0].Length, _end - lag));

    private float Correlation(int series, int lag, int from, int to, int skipFrom, int skipTo, double product)
    {
        double Sum(double[] sums, int shift)
        {
            var skipped = skipTo > skipFrom ? sums[skipTo + shift] - sums[skipFrom + shift] : 0;
            return sums[to + shift] - sums[from + shift] - skipped;
        }

        var count = to - from - (skipTo - skipFrom);
        var motion = Sum(_motionSums[series], 0);
        var motionSpread = Sum(_motionSquares[series], 0) - (motion * motion / count) + (count * StillDeviation * StillDeviation);
        var sound = Sum(_soundSums, lag);
        var soundSpread = Sum(_soundSquares, lag) - (sound * sound / count);
        if (soundSpread < 1e-9) return 0;

        return (float)Math.Clamp((product - (motion * sound / count)) / Math.Sqrt(motionSpread * soundSpread), -0.98, 0.98);
    }
}
