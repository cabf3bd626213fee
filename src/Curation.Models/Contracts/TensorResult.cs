namespace Curation.Models.Contracts;

/// <summary>An output of a run.</summary>
/// <param name="Values">Elements, row-major, all finite.</param>
/// <param name="Shape">Sizes, outermost first.</param>
internal sealed record TensorResult(float[] Values, long[] Shape)
{
    /// <summary>The elements of one entry of the outermost axis.</summary>
    /// <param name="index">Which entry.</param>
    /// <returns>Its elements.</returns>
    public ReadOnlySpan<float> Row(int index)
    {
        var length = Values.Length / checked((int)Shape[0]);
        return Values.AsSpan(index * length, length);
    }
}
