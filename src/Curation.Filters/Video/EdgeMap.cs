namespace Curation.Filters.Video;

/// <summary>Fills the samples: signed edges of the half-size picture, cell means, black bars.</summary>
internal static class EdgeMap
{
    /// <summary>Smallest central difference of an edge, in levels of the half-size picture; uncalibrated.</summary>
    public const int SmallestStep = 24;

    /// <summary>Largest mean of a black row or column: ffmpeg cropdetect's default.</summary>
    public const int BarLimit = 24;

    /// <summary>Fills the edge map.</summary>
    public static void Edges(ReadOnlySpan<byte> half, int width, int height, Span<byte> bits)
    {
        bits.Clear();
        var stride = (width + 3) / 4;
        for (var y = 1; y < height - 1; y++)
        {
            var row = y * width;
            for (var x = 1; x < width - 1; x++)
            {
                var across = half[row + x + 1] - half[row + x - 1];
                var down = half[row + width + x] - half[row - width + x];
                int flatAcross = Math.Abs(across), flatDown = Math.Abs(down);
                if (Math.Max(flatAcross, flatDown) < SmallestStep) continue;

                var code = flatDown > flatAcross ? 3 : across > 0 ? 1 : 2;
                bits[y * stride + (x >> 2)] |= (byte)(code << ((x & 3) * 2));
            }
        }
    }

    /// <summary>Means of whole cells of a plane.</summary>
    public static void Means(ReadOnlySpan<byte> plane, int width, int height, int side, Span<byte> means)
    {
        int columns = width / side, rows = height / side;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = 0;
                for (var y = row * side; y < (row + 1) * side; y++)
                {
                    foreach (var value in plane.Slice(y * width + column * side, side)) sum += value;
                }

                means[row * columns + column] = (byte)((sum + side * side / 2) / (side * side));
            }
        }
    }

    /// <summary>Black rows and columns at the four sides, in pixels; all of them when the picture is black.</summary>
    /// <param name="luma">Full-size luma.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="columnSums">Room for one number a column.</param>
    public static (int Top, int Bottom, int Left, int Right) Bars(ReadOnlySpan<byte> luma, int width, int height, Span<int> columnSums)
    {
        var top = 0;
        while (top < height && IsBlack(luma.Slice(top * width, width))) top++;
        if (top == height) return (height, height, width, width);

        var bottom = 0;
        while (IsBlack(luma.Slice((height - 1 - bottom) * width, width))) bottom++;

        columnSums.Clear();
        var rows = height - top - bottom;
        for (var y = top; y < height - bottom; y++)
        {
            var row = luma.Slice(y * width, width);
            for (var x = 0; x < width; x++) columnSums[x] += row[x];
        }

        var left = 0;
        while (left < width && columnSums[left] <= BarLimit * rows) left++;
        var right = 0;
        while (right < width && columnSums[width - 1 - right] <= BarLimit * rows) right++;
        return left == width ? (height, height, width, width) : (top, bottom, left, right);
    }

    private static bool IsBlack(ReadOnlySpan<byte> row)
    {
        var sum = 0;
        foreach (var value in row) sum += value;
        return sum <= BarLimit * row.Length;
    }
}
