using static TorchSharp.torch;

namespace Klear.Model.Data;

// c channels

/// <summary>Adds up latents channel by channel, in double precision.</summary>
internal sealed class ChannelStatistics
{
    /// <summary>A channel that varies less counts as constant: dividing by it would make noise of rounding errors.</summary>
    private const double LeastDeviation = 1e-6;

    private readonly double[] _sum;
    private readonly double[] _sumOfSquares;
    private long _count;

    public ChannelStatistics(int channels)
    {
        _sum = new double[channels];
        _sumOfSquares = new double[channels];
    }

    /// <summary>Adds a sample's latents; channels come first.</summary>
    public void Add(Tensor latents)
    {
        using var scope = NewDisposeScope();
        var values_c = latents.to_type(ScalarType.Float64).reshape(_sum.Length, -1);
        var sum = values_c.sum(1).data<double>();
        var sumOfSquares = values_c.square().sum(1).data<double>();
        for (var channel = 0; channel < _sum.Length; channel++)
        {
            _sum[channel] += sum[channel];
            _sumOfSquares[channel] += sumOfSquares[channel];
        }

        _count += values_c.shape[1];
    }

    /// <summary>Mean 0 and deviation 1 where nothing was added.</summary>
    public LatentScale ToScale()
    {
        var (mean, deviation) = (new float[_sum.Length], new float[_sum.Length]);
        for (var channel = 0; channel < _sum.Length; channel++)
        {
            var average = _count == 0 ? 0 : _sum[channel] / _count;
            var spread = _count == 0 ? 0 : Math.Sqrt(Math.Max(0, (_sumOfSquares[channel] / _count) - (average * average)));
            (mean[channel], deviation[channel]) = ((float)average, spread < LeastDeviation ? 1 : (float)spread);
        }

        return new LatentScale(mean, deviation);
    }
}
