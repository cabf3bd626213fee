using Curation.Filters.Video;

namespace Curation.Filters.Scene;

/// <summary>How far two pictures lie apart by the means of their cells: 64 of luma, 16 of Cb, 16 of Cr.</summary>
internal static class PictureDistance
{
    /// <summary>Numbers in a signature.</summary>
    public const int Length = LumaCells.Side * LumaCells.Side + 2 * ChromaCells.Side * ChromaCells.Side;

    /// <summary>Writes the signature of a picture.</summary>
    public static void Read(in PictureFrame frame, Span<float> signature)
    {
        var next = 0;
        foreach (var value in (ReadOnlySpan<byte>)frame.Luma) signature[next++] = value;
        foreach (var value in (ReadOnlySpan<byte>)frame.Cb) signature[next++] = value;
        foreach (var value in (ReadOnlySpan<byte>)frame.Cr) signature[next++] = value;
    }

    /// <summary>Mean absolute difference of the cells, in levels.</summary>
    public static float Between(in PictureFrame a, in PictureFrame b) =>
        (Sum(a.Luma, b.Luma) + Sum(a.Cb, b.Cb) + Sum(a.Cr, b.Cr)) / (float)Length;

    private static int Sum(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum;
    }
}
