using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>Keeps samples that are no numbers out of the models: one of them would spoil a whole transform without a trace.</summary>
internal static class FiniteSound
{
    /// <summary>Throws where a sample is NaN or infinite.</summary>
    public static void Require(ReadOnlySpan<float> samples, string parameter)
    {
        if (samples.IsEmpty || TensorPrimitives.IsFiniteAll(samples)) return;

        var at = 0;
        while (float.IsFinite(samples[at])) at++;
        throw new ArgumentException($"Sample {at} is {samples[at]}; sound must be finite.", parameter);
    }
}
