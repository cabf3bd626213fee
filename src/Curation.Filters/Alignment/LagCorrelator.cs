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

    /// <summary>Every motion series' correlation with the sound at a lag, split into what each segment of time contributes.</summary>
    /// <param name="lag">Grid points by which the sound is late.</param>
    /// <param name="contributions">For each segment, one value a motion series; over the segments they add up to the correlation, times the root of the overlap in seconds.</param>
    /// <param name="whole">Their sums.</param>
    public void Contribute(int lag, float[][] contributions, float[] whole)
    {
        Array.Clear(whole);
        foreach (var part in contributions) Array.Clear(part);
        var (from, to) = Window(lag);
        var count = to - from;
        if (count < SyncGrid.PerSecond) return;

        Span<int> edges = stackalloc int[Segments + 1];
        for (var i = 0; i <= Segments; i++) edges[i] = from + (count * i / Segments);

        var soundMean = (_soundSums[to + lag] - _soundSums[from + lag]) / count;
        var soundSpread = _soundSquares[to + lag] - _soundSquares[from + lag] - (soundMean * soundMean * count);
        if (soundSpread < 1e-9) return;

        for (var series = 0; series < _motion.Length; series++)
        {
            var sums = _motionSums[series];
            var mean = (sums[to] - sums[from]) / count;
            var spread = _motionSquares[series][to] - _motionSquares[series][from] - (mean * mean * count) + (count * StillDeviation * StillDeviation);
            var scale = Math.Sqrt(count / (double)SyncGrid.PerSecond / (spread * soundSpread));
            for (var i = 0; i < Segments; i++)
            {
                var length = edges[i + 1] - edges[i];
                var product = TensorPrimitives.Dot<float>(_motion[series].AsSpan(edges[i], length), _sound.AsSpan(edges[i] + lag, length));
                var motion = sums[edges[i + 1]] - sums[edges[i]];
                var sound = _soundSums[edges[i + 1] + lag] - _soundSums[edges[i] + lag];
                var contribution = (float)(scale * (product - (mean * sound) - (soundMean * motion) + (mean * soundMean * length)));
                contributions[i][series] = contribution;
                whole[series] += contribution;
            }
        }
    }

    private static double[] Sums(float[] series, bool squared)
    {
        var sums = new double[series.Length + 1];
        for (var i = 0; i < series.Length; i++) sums[i + 1] = sums[i] + (squared ? (double)series[i] * series[i] : series[i]);
        return sums;
    }

    private (int From, int To) Window(int lag) => (Math.Max(0, _start - lag), Math.Min(_motion[0].Length, _end - lag));
}
