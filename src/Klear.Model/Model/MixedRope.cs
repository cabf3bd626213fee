using static TorchSharp.torch;

namespace Klear.Model.Model;

// b batch, n heads, l tokens, d width of a head, p pairs of it (d / 2), a axes (time, height, width)

/// <summary>
/// MixD-RoPE: pictures turn with time, height and width, sound with time alone, on the same channels, so that the angle between a picture and a
/// sound depends on how far apart they are in time. Text does not turn.
/// </summary>
public static class MixedRope
{
    private const int Axes = 3;

    /// <summary>Position ids of video tokens, row by row, picture by picture.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="frames">Latent frames.</param>
    /// <param name="height">Tokens in a column.</param>
    /// <param name="width">Tokens in a row.</param>
    /// <returns>[frames * height * width, 3]: time, height, width.</returns>
    public static Tensor VideoIds(KlearConfig config, long frames, long height, long width)
    {
        using var scope = NewDisposeScope();
        var perFrame = config.Rope == RopeArrangement.Seconds ? config.IdsPerSecond / config.VideoFramesPerSecond : 1;
        var grid = meshgrid([Steps(frames) * perFrame, Steps(height), Steps(width)], indexing: "ij");
        return stack(grid, -1).reshape(-1, Axes).MoveToOuterDisposeScope();
    }

    /// <summary>Position ids of audio tokens.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="frames">Audio latent frames.</param>
    /// <param name="videoFrames">Video latent frames of the same sequence; 0 where it has none.</param>
    /// <returns>[frames, 3]: time, 0, 0.</returns>
    public static Tensor AudioIds(KlearConfig config, long frames, long videoFrames)
    {
        using var scope = NewDisposeScope();
        var time = config.Rope switch
        {
            RopeArrangement.Sequential => Steps(frames) + videoFrames,
            RopeArrangement.Scaled => Steps(frames) * (videoFrames > 0 ? (double)videoFrames / frames : config.VideoFramesPerSecond / config.AudioFramesPerSecond),
            _ => Steps(frames) * (config.IdsPerSecond / config.AudioFramesPerSecond),
        };
        return nn.functional.pad(time.unsqueeze(-1), [0, Axes - 1]).MoveToOuterDisposeScope();
    }

    /// <summary>Position ids of text tokens: they stand nowhere.</summary>
    public static Tensor TextIds(long tokens) => zeros(tokens, Axes, dtype: ScalarType.Float64);

    /// <summary>The angles of a sequence.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="ids_la">Position ids, Float64.</param>
    /// <returns>Cosines and sines [l, p], Float32.</returns>
    public static (Tensor Cos, Tensor Sin) Angles(KlearConfig config, Tensor ids_la)
    {
        using var scope = NewDisposeScope();
        var (time, height, width) = config.RopeWidths;
        var parts = new[] { time, height, width }.Select((channels, axis) => ids_la.select(1, axis).unsqueeze(-1) * Frequencies(channels, config.RopeTheta).to(ids_la.device)).ToArray();
        var angles_lp = cat(parts, -1);
        return (angles_lp.cos().to(ScalarType.Float32).MoveToOuterDisposeScope(), angles_lp.sin().to(ScalarType.Float32).MoveToOuterDisposeScope());
    }

    /// <summary>Turns queries or keys. Neighbouring channels are a pair; the arithmetic is single precision whatever the type.</summary>
    /// <param name="x_bnld">Queries or keys.</param>
    /// <param name="cos_lp">From <see cref="Angles"/>, or any shape that goes with the pairs of the first: [l, 1, p] for [b, l, n, d].</param>
    /// <param name="sin_lp">The same of the sines.</param>
    public static Tensor Turn(Tensor x_bnld, Tensor cos_lp, Tensor sin_lp)
    {
        using var scope = NewDisposeScope();

        // A pair is a complex number: one pass over the memory there and one back, where sums of products of halves take six.
        var pairs = view_as_complex(x_bnld.to(ScalarType.Float32).contiguous().unflatten(3, [-1, 2]));
        return view_as_real(pairs * complex(cos_lp, sin_lp)).flatten(-2).to(x_bnld.dtype).MoveToOuterDisposeScope();
    }

    private static Tensor Steps(long count) => arange(count, dtype: ScalarType.Float64);

    // As in RoFormer: pair i of an axis with c channels turns by theta^(-2i/c) a step.
    private static Tensor Frequencies(int channels, double theta) => pow(theta, arange(0, channels, 2, dtype: ScalarType.Float64) / -channels);
}
