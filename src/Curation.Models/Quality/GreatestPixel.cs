using System.Numerics.Tensors;

namespace Curation.Models.Quality;

/// <summary>The greatest value of each channel over a whole picture, behind a ReLU.</summary>
/// <param name="channels">Channels.</param>
internal sealed class GreatestPixel(int channels) : IRowStage
{
    private readonly float[] _values = new float[channels];

    /// <summary>The greatest so far; a channel that is never positive has 0.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <inheritdoc/>
    public void Begin(bool atEdge) => Array.Clear(_values);

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> row)
    {
        for (; !row.IsEmpty; row = row[channels..]) TensorPrimitives.Max(_values, row[..channels], _values);
    }

    /// <inheritdoc/>
    public void End(bool atEdge)
    {
    }
}
