namespace Curation.Filters.Video;

/// <summary>Tells lines of text from other groups of cells by their shape and strokes.</summary>
internal static class TextShape
{
    /// <summary>Mean edge pixels of a cell of text, of 16; uncalibrated.</summary>
    private const float FewestEdges = 6f;

    /// <summary>Whether a group is wide, low, well filled and full of strokes in both directions.</summary>
    /// <param name="sample">The sample that shows it.</param>
    /// <param name="members">Its cells.</param>
    public static bool Fits(in PictureSample sample, ReadOnlySpan<int> members)
    {
        int columns = sample.Columns, left = columns, right = 0, top = sample.Rows, bottom = 0, edges = 0, horizontal = 0;
        foreach (var member in members)
        {
            int row = member / columns, column = member % columns;
            left = Math.Min(left, column);
            right = Math.Max(right, column);
            top = Math.Min(top, row);
            bottom = Math.Max(bottom, row);
            var cell = sample.Cell(row, column);
            edges += CellPair.Edges(cell);
            horizontal += CellPair.HorizontalEdges(cell);
        }

        int width = right - left + 1, height = bottom - top + 1;
        return 2 * width >= 3 * height && 5 * members.Length >= 2 * width * height
            && edges >= FewestEdges * members.Length && horizontal >= 0.15f * edges && horizontal <= 0.75f * edges;
    }
}
