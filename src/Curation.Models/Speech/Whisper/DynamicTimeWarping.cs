namespace Curation.Models.Speech.Whisper;

/// <summary>The cheapest monotonic path through a matrix of costs from its first to its last element (whisper/timing.py, dtw_cpu).</summary>
internal static class DynamicTimeWarping
{
    private const byte Diagonal = 0;
    private const byte Down = 1;
    private const byte Right = 2;

    /// <param name="costs">[rows, columns], row-major.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <returns>Row and column of every step, from (0, 0) on; each step goes one row, one column or both further.</returns>
    public static IReadOnlyList<(int Row, int Column)> Path(ReadOnlySpan<float> costs, int rows, int columns)
    {
        var width = columns + 1;
        var moves = new byte[(rows + 1) * width];
        var above = new float[width];
        var current = new float[width];
        Array.Fill(above, float.PositiveInfinity);
        above[0] = 0;
        for (var row = 1; row <= rows; row++)
        {
            current[0] = float.PositiveInfinity;
            for (var column = 1; column <= columns; column++)
            {
                var (diagonal, down, right) = (above[column - 1], above[column], current[column - 1]);
                var (cost, move) = diagonal < down && diagonal < right ? (diagonal, Diagonal) : down < diagonal && down < right ? (down, Down) : (right, Right);
                current[column] = costs[((row - 1) * columns) + column - 1] + cost;
                moves[(row * width) + column] = move;
            }

            (above, current) = (current, above);
        }

        return Back(moves, rows, columns, width);
    }

    private static List<(int Row, int Column)> Back(byte[] moves, int rows, int columns, int width)
    {
        var path = new List<(int, int)>();
        var (row, column) = (rows, columns);
        while (row > 0 || column > 0)
        {
            path.Add((row - 1, column - 1));
            var move = row == 0 ? Right : column == 0 ? Down : moves[(row * width) + column];
            if (move != Right) row--;
            if (move != Down) column--;
        }

        path.Reverse();
        return path;
    }
}
