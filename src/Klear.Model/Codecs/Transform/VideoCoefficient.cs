namespace Klear.Model.Codecs.Transform;

/// <summary>One coefficient of a block of pictures: how often the block's cosine turns, in half turns, along each axis, and in which colour.</summary>
/// <param name="Colour">0 luma, 1 and 2 chroma.</param>
/// <param name="Time">0 .. pictures of a block - 1; 0 does not change in time.</param>
/// <param name="Row">0 .. rows of a block - 1.</param>
/// <param name="Column">0 .. columns of a block - 1.</param>
internal readonly record struct VideoCoefficient(int Colour, int Time, int Row, int Column)
{
    /// <summary>Chroma counts as half as fine: as in 4:2:0, where it has half the samples along each side.</summary>
    private const int ChromaFactor = 2;

    /// <summary>Every coefficient of a block, the coarsest first.</summary>
    /// <param name="pictures">Pictures of a block.</param>
    /// <param name="side">Rows and columns of a block.</param>
    /// <returns>
    /// By distance from the constant: the root of (time / pictures)^2 + (row / side)^2 + (column / side)^2, twice that for chroma.
    /// Equal distances: luma first, then slow before fast, then upper before lower rows. Uncalibrated.
    /// </returns>
    public static IReadOnlyList<VideoCoefficient> InOrder(int pictures, int side)
    {
        var all = from colour in Enumerable.Range(0, 3)
                  from time in Enumerable.Range(0, pictures)
                  from row in Enumerable.Range(0, side)
                  from column in Enumerable.Range(0, side)
                  select new VideoCoefficient(colour, time, row, column);
        return [.. all.OrderBy(c => c.DistanceSquared(pictures, side)).ThenBy(c => c.Colour).ThenBy(c => c.Time).ThenBy(c => c.Row).ThenBy(c => c.Column)];
    }

    // In whole numbers of 1 / (pictures * side)^2, so that equal distances compare as equal.
    private long DistanceSquared(int pictures, int side)
    {
        long time = Time * side, row = Row * pictures, column = Column * pictures;
        long factor = Colour == 0 ? 1 : ChromaFactor;
        return ((time * time) + (row * row) + (column * column)) * factor * factor;
    }
}
