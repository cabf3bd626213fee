namespace Curation.Models.Features;

/// <summary>Features of a stretch of sound; which axis is time is said by what makes it.</summary>
/// <param name="Rows">Number of rows; 0 where the sound is too short for one frame.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Values">Rows after one another without gaps; always finite.</param>
public sealed record FeatureMatrix(int Rows, int Columns, float[] Values)
{
    /// <summary>One row.</summary>
    /// <param name="index">0 up to <see cref="Rows"/>.</param>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Columns, Columns);
}
