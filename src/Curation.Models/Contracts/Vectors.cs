using System.Numerics.Tensors;

namespace Curation.Models.Contracts;

/// <summary>Directions of embeddings.</summary>
internal static class Vectors
{
    /// <summary>A vector of length 1.</summary>
    /// <param name="vector">Any vector.</param>
    /// <returns>A new vector; all zeros where the given one has no length.</returns>
    public static float[] Normalised(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        var unit = new float[vector.Length];
        if (length > 0) TensorPrimitives.Divide(vector, length, unit);

        return unit;
    }

    /// <summary>Cosine of the angle between two vectors.</summary>
    /// <param name="left">One vector.</param>
    /// <param name="right">Another of the same size.</param>
    /// <returns>-1..1; 0 where one has no length.</returns>
    public static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
            leftSquare += (double)left[i] * left[i];
            rightSquare += (double)right[i] * right[i];
        }

        return leftSquare > 0 && rightSquare > 0 ? Math.Clamp(product / Math.Sqrt(leftSquare * rightSquare), -1, 1) : 0;
    }

    /// <summary>The mean direction: every vector counts the same, whatever its length.</summary>
    /// <param name="vectors">Vectors of one size.</param>
    /// <returns>Their normalised mean.</returns>
    public static float[] MeanDirection(IReadOnlyList<float[]> vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors) TensorPrimitives.Add(sum, Normalised(vector), sum);

        return Normalised(sum);
    }
}
