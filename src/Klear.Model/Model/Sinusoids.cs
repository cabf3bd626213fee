using static TorchSharp.torch;

namespace Klear.Model.Model;

/// <summary>Sines and cosines of a number at wavelengths in geometric progression, as in "Attention Is All You Need".</summary>
internal static class Sinusoids
{
    private const double LongestWavelength = 10_000;

    /// <param name="values">[n]; angles are computed in double precision, since one of a thousand radians has an error of 3e-5 in single.</param>
    /// <param name="width">Even.</param>
    /// <returns>[n, width]: cosines, then sines; Float32.</returns>
    public static Tensor Of(Tensor values, int width)
    {
        using var scope = NewDisposeScope();
        var half = width / 2;
        var frequencies = (arange(half, dtype: ScalarType.Float64, device: values.device) * (-Math.Log(LongestWavelength) / half)).exp();
        var angles = values.to(ScalarType.Float64).unsqueeze(-1) * frequencies;
        return cat([angles.cos(), angles.sin()], -1).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
