using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// m groups of n vectors, d width

/// <summary>
/// <see cref="RmsNorm"/> with a gradient of its own, a part of the vectors at a time, so that what lies between the operations stays in the
/// processor's cache. Torch's own derives each operation by itself and takes all vectors through the memory for each.
/// With r = 1 / sqrt(mean(x^2) + epsilon) and y = r x w: dx = r g w - x r^3 mean(x g w), dw = sum(r x g).
/// </summary>
internal sealed class RmsNormFunction : autograd.SingleTensorFunction<RmsNormFunction>
{
    // A few buffers of a megabyte each. Other devices than CPUs want few operations rather than small ones.
    private const long PartElements = 1 << 18;

    public override string Name => nameof(RmsNorm);

    /// <summary>The norm itself.</summary>
    /// <returns>The result in the input's type and shape, and the vectors' scales [m, n, 1] in single precision.</returns>
    public static (Tensor Output, Tensor Scale) Compute(Tensor x, Tensor weight, double epsilon)
    {
        using var scope = NewDisposeScope();
        var (x_mnd, weight_d) = (Grouped(x), weight.to(ScalarType.Float32));
        var output_mnd = empty(x_mnd.shape, x_mnd.dtype, x_mnd.device);
        var scale_mn1 = empty([.. x_mnd.shape[..2], 1], ScalarType.Float32, x.device);
        foreach (var (start, count) in Parts(x_mnd))
        {
            using var part = NewDisposeScope();
            var vectors = x_mnd.narrow(0, start, count).to(ScalarType.Float32);
            var scale = scale_mn1.narrow(0, start, count).copy_(vectors.square().mean([-1], keepdim: true).add_(epsilon).rsqrt_());
            output_mnd.narrow(0, start, count).copy_(vectors.mul(scale).mul_(weight_d));
        }

        return (output_mnd.reshape(x.shape).MoveToOuterDisposeScope(), scale_mn1.MoveToOuterDisposeScope());
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight) = ((Tensor)vars[0], (Tensor)vars[1]);
        using var withoutGradients = no_grad();
        var (output, scale_mn1) = Compute(x, weight, (double)vars[2]);
        ctx.save_for_backward([x, weight, scale_mn1]);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var saved = ctx.get_saved_variables();
        var (x, weight, scale_mn1) = (saved[0], saved[1], saved[2]);
        var (x_mnd, gradient_mnd, weight_d) = (Grouped(x), Grouped(grad_output), weight.to(ScalarType.Float32));
        var width = x.shape[^1];
        var (xGradient_mnd, weightGradient_d) = (empty(x_mnd.shape, x_mnd.dtype, x_mnd.device), zeros_like(weight_d));
        foreach (var (start, count) in Parts(x_mnd))
        {
            using var part = NewDisposeScope();
            var (vectors, gradient) = (x_mnd.narrow(0, start, count).to(ScalarType.Float32), gradient_mnd.narrow(0, start, count).to(ScalarType.Float32));
            var scale = scale_mn1.narrow(0, start, count);
            var product = vectors.mul(gradient);
            weightGradient_d.add_(product.reshape(-1, width).t().mv(scale.reshape(-1)));
            var pull = product.matmul(weight_d).unsqueeze(-1).mul_(scale.pow(3)).div_(-width);
            xGradient_mnd.narrow(0, start, count).copy_(gradient.mul(weight_d).mul_(scale).addcmul_(vectors, pull, 1));
        }

        return [xGradient_mnd.reshape(x.shape).MoveToOuterDisposeScope(), weightGradient_d.to(weight.dtype).MoveToOuterDisposeScope(), null!];
    }

    // Heads of a token stay together, since queries and keys are cut out of a longer row.
    private static Tensor Grouped(Tensor x) => x.reshape([-1, x.dim() > 1 ? x.shape[^2] : 1, x.shape[^1]]);

    private static IEnumerable<(long Start, long Count)> Parts(Tensor x_mnd)
    {
        var (all, group) = (x_mnd.shape[0], Math.Max(1, x_mnd.shape[1] * x_mnd.shape[2]));
        var step = x_mnd.device.type == TorchSharp.DeviceType.CPU ? Math.Max(1, PartElements / group) : Math.Max(1, all);
        for (var start = 0L; start < all; start += step) yield return (start, Math.Min(step, all - start));
    }
}
