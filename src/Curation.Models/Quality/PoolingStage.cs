using System.Numerics.Tensors;

namespace Curation.Models.Quality;

/// <summary>The greatest of two by two; a last row or pixel without a partner is left out.</summary>
/// <param name="pixels">Pixels of a row that goes in.</param>
/// <param name="channels">Channels.</param>
/// <param name="next">Takes the rows that come out.</param>
internal sealed class PoolingStage(int pixels, int channels, IRowStage next) : IRowStage
{
    private readonly float[] _upper = new float[pixels * channels];
    private readonly float[] _result = new float[pixels / 2 * channels];
    private bool _half;

    /// <inheritdoc/>
    public void Begin(bool atEdge)
    {
        _half = false;
        next.Begin(atEdge);
    }

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> row)
    {
        if (_half)
        {
            TensorPrimitives.Max(_upper, row, _upper);
            for (var to = 0; to < _result.Length; to += channels)
            {
                TensorPrimitives.Max(_upper.AsSpan(2 * to, channels), _upper.AsSpan((2 * to) + channels, channels), _result.AsSpan(to, channels));
            }

            next.Push(_result);
        }
        else
        {
            row.CopyTo(_upper);
        }

        _half = !_half;
    }

    /// <inheritdoc/>
    public void End(bool atEdge) => next.End(atEdge);
}
