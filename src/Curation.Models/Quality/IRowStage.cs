namespace Curation.Models.Quality;

/// <summary>A step of a network that a picture passes through row by row, so that only a few rows are held. Rows are [pixels, channels].</summary>
internal interface IRowStage
{
    /// <summary>Starts a picture, or a part of one.</summary>
    /// <param name="atEdge">Whether its first row is the picture's; otherwise rows that need the one above are left out.</param>
    void Begin(bool atEdge);

    /// <summary>Takes the next row.</summary>
    /// <param name="row">Values before the ReLU.</param>
    void Push(ReadOnlySpan<float> row);

    /// <summary>Ends the picture, or the part.</summary>
    /// <param name="atEdge">Whether the last row was the picture's; otherwise rows that need the one below are left out.</param>
    void End(bool atEdge);
}
