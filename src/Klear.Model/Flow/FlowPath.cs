using static TorchSharp.torch;

namespace Klear.Model.Flow;

// b batch

/// <summary>The straight path from noise at time 0 to data at time 1.</summary>
public static class FlowPath
{
    /// <summary>Times for a batch.</summary>
    /// <param name="count">Samples.</param>
    /// <param name="options">The distribution.</param>
    /// <param name="random">Where from; null for torch's own generator.</param>
    /// <returns>Float32 [b] in (0, 1).</returns>
    public static Tensor Times(long count, FlowOptions options, Generator? random = null)
    {
        using var scope = NewDisposeScope();
        var times = options.Time == TimeDraw.LogitNormal
            ? ((randn(count, generator: random) * options.LogitStd) + options.LogitMean).sigmoid()
            : rand(count, generator: random);
        return Shifted(times, options.Shift).MoveToOuterDisposeScope();
    }

    /// <summary>Moves times towards noise.</summary>
    /// <param name="times">In [0, 1].</param>
    /// <param name="shift">1 leaves them.</param>
    public static Tensor Shifted(Tensor times, double shift)
    {
        using var scope = NewDisposeScope();
        var noise = 1 - times;
        return (1 - (noise * shift / ((noise * (shift - 1)) + 1))).MoveToOuterDisposeScope();
    }

    /// <summary>A point on the path: t * data + (1 - t) * noise.</summary>
    /// <param name="data">Latents, batch first.</param>
    /// <param name="noise">Of the same shape.</param>
    /// <param name="times_b">One for each sample.</param>
    public static Tensor Point(Tensor data, Tensor noise, Tensor times_b)
    {
        using var scope = NewDisposeScope();
        return noise.lerp(data, AlongBatch(times_b, data)).MoveToOuterDisposeScope();
    }

    /// <summary>The velocity along the path, which the model learns: data - noise.</summary>
    public static Tensor Velocity(Tensor data, Tensor noise) => data - noise;

    private static Tensor AlongBatch(Tensor times_b, Tensor like) => times_b.reshape([-1, .. Enumerable.Repeat(1L, (int)like.dim() - 1)]).to(like.dtype);
}
