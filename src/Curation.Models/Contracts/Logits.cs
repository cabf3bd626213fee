using System.Numerics.Tensors;

namespace Curation.Models.Contracts;

/// <summary>From logits to probabilities, in double precision so that far tails keep their sum.</summary>
internal static class Logits
{
    /// <summary>Softmax.</summary>
    /// <param name="logits">One row.</param>
    /// <returns>Probabilities that sum to 1.</returns>
    public static double[] Softmax(ReadOnlySpan<float> logits)
    {
        var probabilities = new double[logits.Length];
        var highest = TensorPrimitives.Max(logits);
        for (var i = 0; i < logits.Length; i++) probabilities[i] = Math.Exp(logits[i] - highest);

        var sum = TensorPrimitives.Sum<double>(probabilities);
        for (var i = 0; i < logits.Length; i++) probabilities[i] /= sum;

        return probabilities;
    }

    /// <summary>Logistic function.</summary>
    /// <param name="logit">Any finite number.</param>
    /// <returns>0..1.</returns>
    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
