namespace Curation.Models.Quality;

/// <summary>Keeps the rows that pass.</summary>
internal sealed class KeptRows : IRowStage
{
    /// <summary>The rows since the picture, or its part, began.</summary>
    public List<float[]> Rows { get; private set; } = [];

    /// <inheritdoc/>
    public void Begin(bool atEdge) => Rows = [];

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<float> row) => Rows.Add(row.ToArray());

    /// <inheritdoc/>
    public void End(bool atEdge)
    {
    }
}
