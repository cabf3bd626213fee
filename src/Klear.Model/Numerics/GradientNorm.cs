using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// n elements of the gradient

/// <summary>Length of the gradient of all parameters together, and clipping to it.</summary>
public static class GradientNorm
{
    // As in torch.nn.utils.clip_grad_norm_.
    private const double Epsilon = 1e-6;

    // torch adds squares in single precision, one lane of a vector after another: a lane that has taken in 2^24 equal ones takes in no more.
    private const long PartElements = 1 << 20;

    /// <summary>Scales the gradient down to a length where it is longer, and leaves it alone where its length is not finite.</summary>
    /// <param name="gradient_n">All gradients, as in <see cref="FlatParameters.Gradient"/>; padding of zeros does no harm.</param>
    /// <param name="maximum">The length it may have, above 0; infinity to measure only.</param>
    /// <returns>Euclidean length before clipping; null where it is not finite: skip the step then.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not above 0.</exception>
    public static double? Clip(Tensor gradient_n, double maximum)
    {
        ArgumentNullException.ThrowIfNull(gradient_n);
        if (!(maximum > 0)) throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The maximum of a gradient's length is above 0.");

        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var parts = gradient_n.split(PartElements).Select(part => part.norm()).ToArray();
        var length = stack(parts).to(ScalarType.Float64).norm().item<double>();
        if (!double.IsFinite(length)) return null;

        var scale = maximum / (length + Epsilon);
        if (scale < 1) gradient_n.mul_(scale);
        return length;
    }
}
