namespace Curation.Models.Quality;

/// <summary>A convolution over the rows that pass, behind a ReLU; one row late, because it looks at the row below.</summary>
/// <param name="convolution">The layer.</param>
/// <param name="pixels">Pixels of a row.</param>
/// <param name="next">Takes the rows that come out.</param>
internal sealed class ConvolutionStage(SparseConvolution convolution, int pixels, IRowStage next) : IRowStage
{
    private readonly SparseRow[] _around = [.. Enumerable.Range(0, 3).Select(_ => new SparseRow(pixels, convolution.Inputs, convolution.Outputs))];
    private readonly float[] _result = new float[pixels * convolution.Outputs];
    private int _rows;
    private bool _atEdge;

    /// <inheritdoc/>
    public void Begin(bool atEdge)
    {
        (_rows, _atEdge) = (0, atEdge);
        next.Begin(atEdge);
    }

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> row)
    {
        var last = _around[_rows % 3];

        // The first layer of a network has one channel, and no ReLU before it.
        if (convolution.Inputs == 1) last.FillAll(row);
        else last.FillPositive(row);
        _rows++;
        Convolve(last);
    }

    /// <inheritdoc/>
    public void End(bool atEdge)
    {
        _rows++;
        if (atEdge) Convolve(null);
        next.End(atEdge);
    }

    private void Convolve(SparseRow? below)
    {
        if (_rows < 2 || (_rows == 2 && !_atEdge)) return;

        convolution.Row([_rows > 2 ? _around[_rows % 3] : null, _around[(_rows + 1) % 3], below], _result);
        next.Push(_result);
    }
}
