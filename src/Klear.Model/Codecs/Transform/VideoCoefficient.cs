namespace Klear.Model.Codecs.Transform;

/// <summary>One coefficient of a block of pictures: how often the block's cosine turns, in half turns, along each axis, and in which colour.</summary>
/// <param name="Colour">0 luma, 1 and 2 chroma.</param>
/// <param name="Time">0 .. pictures of a block - 1; 0 does not change in time.</param>
/// <param name="Row">0 .. rows of a block - 1.</param>
/// <param name="Column">0 .. columns of a block - 1.</param>
internal readonly record struct VideoCoefficient(int Colour, int Time, int Row, int Column)
{
    /// <summary>
    /// How much a half turn over pixels, over pictures and in chroma counts. Chosen on five real clips (dog-bark, cartoon-logo-subtitles,
    /// two-speakers-portrait, dress-portrait, face-talking): with 96 coefficients the mean PSNR is 27.9 dB at 64 x 64 and 8 Hz and 32.6 dB at 256 x 256
    /// and 16 Hz, where the 96 with the most energy on those very clips reach 28.5 and 33.3.
    /// </summary>
    private const int PixelWeight = 2, PictureWeight = 3, ChromaFactor = 3;

    /// <summary>Every coefficient of a block, the coarsest first.</summary>
    /// <param name="pictures">Pictures of a block.</param>
    /// <param name="side">Rows and columns of a block.</param>
    /// <returns>
    /// By 3 x time + 2 x row + 2 x column, in chroma three times that. Equal ones: luma first, then slow before fast, then rows before columns
    /// in the order of their numbers.
    /// </returns>
    public static IReadOnlyList<VideoCoefficient> InOrder(int pictures, int side)
    {
        var all = from colour in Enumerable.Range(0, 3)
                  from time in Enumerable.Range(0, pictures)
                  from row in Enumerable.Range(0, side)
                  from column in Enumerable.Range(0, side)
                  select new VideoCoefficient(colour, time, row, column);
        return [.. all.OrderBy(c => c.Fineness).ThenBy(c => c.Colour).ThenBy(c => c.Time).ThenBy(c => c.Row).ThenBy(c => c.Column)];
    }

    private int Fineness => ((PictureWeight * Time) + (PixelWeight * (Row + Column))) * (Colour == 0 ? 1 : ChromaFactor);
}
