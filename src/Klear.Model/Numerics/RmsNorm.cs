using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// x_bld: any leading sizes, d width

/// <summary>Scales vectors to a root mean square of 1, then by a learned weight (Zhang and Sennrich, Root Mean Square Layer Normalization, 2019). Computed in single precision whatever the type.</summary>
public sealed class RmsNorm : nn.Module<Tensor, Tensor>
{
    private readonly double _epsilon;

    // The checkpoint key.
#pragma warning disable IDE1006, SA1300
    private readonly Parameter weight;
#pragma warning restore IDE1006, SA1300

    /// <summary>A norm whose weight is 1.</summary>
    /// <param name="width">Length of the vectors.</param>
    /// <param name="epsilon">Added to the mean square, above 0.</param>
    public RmsNorm(long width, double epsilon = 1e-6)
        : base(nameof(RmsNorm))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        _epsilon = epsilon;
        weight = new Parameter(ones(width));
        RegisterComponents();
    }

    /// <inheritdoc/>
    /// <param name="input">Vectors along the last dimension.</param>
    /// <returns>x / sqrt(mean(x^2) + epsilon) * weight, in the input's type and shape.</returns>
    /// <exception cref="ArgumentException">The last dimension is not the weight's.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var width = weight.shape[0];
        if (input.dim() == 0 || input.shape[^1] != width) throw new ArgumentException($"Vectors of [{string.Join(", ", input.shape)}] do not end in {width}.", nameof(input));

        if (is_grad_enabled()) return RmsNormFunction.apply(input, weight, _epsilon);

        using var scope = NewDisposeScope();
        return RmsNormFunction.Compute(input, weight, _epsilon).Output.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) weight.Dispose();
        base.Dispose(disposing);
    }
}
