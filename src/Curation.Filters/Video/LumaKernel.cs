using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Curation.Filters.Video;

/// <summary>The passes over full-size luma: halving, black pixels, differences, contrast and Laplacian.</summary>
internal static class LumaKernel
{
    /// <summary>ffmpeg blackdetect's default pixel threshold 0.10 on limited range: 16 + 0.10 * 219, cut to whole levels.</summary>
    public const byte BlackLevel = 37;

    /// <summary>Averages 2 x 2 pixels.</summary>
    public static void Halve(ReadOnlySpan<byte> source, int width, int height, Span<byte> target)
    {
        var halfWidth = width / 2;
        var mask = Vector256.Create((ushort)0xFF);
        var two = Vector256.Create((ushort)2);
        for (var y = 0; y < height / 2; y++)
        {
            var upper = source.Slice(2 * y * width, width);
            var lower = source.Slice((2 * y + 1) * width, width);
            var row = target.Slice(y * halfWidth, halfWidth);
            var x = 0;
            for (; x + 32 <= halfWidth; x += 32)
            {
                var first = Quarter(upper, lower, 2 * x, mask, two);
                var second = Quarter(upper, lower, 2 * x + 32, mask, two);
                Vector256.Narrow(first, second).CopyTo(row[x..]);
            }

            for (; x < halfWidth; x++) row[x] = (byte)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
        }
    }

    /// <summary>Share of pixels at or below <see cref="BlackLevel"/>.</summary>
    public static float DarkShare(ReadOnlySpan<byte> luma)
    {
        var limit = Vector256.Create(BlackLevel);
        var dark = 0;
        var i = 0;
        for (; i + 32 <= luma.Length; i += 32)
        {
            dark += BitOperations.PopCount(Vector256.LessThanOrEqual(Vector256.Create(luma.Slice(i, 32)), limit).ExtractMostSignificantBits());
        }

        for (; i < luma.Length; i++) dark += luma[i] <= BlackLevel ? 1 : 0;
        return dark / (float)luma.Length;
    }

    /// <summary>Sum of absolute differences.</summary>
    public static long AbsoluteDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long total = 0;
        var i = 0;
        while (i + 32 <= a.Length)
        {
            // 128 rounds of two bytes each stay below 65536 in a 16-bit lane.
            var sums = Vector256<ushort>.Zero;
            for (var round = 0; round < 128 && i + 32 <= a.Length; round++, i += 32)
            {
                var x = Vector256.Create(a.Slice(i, 32));
                var y = Vector256.Create(b.Slice(i, 32));
                var (low, high) = Vector256.Widen(Vector256.Max(x, y) - Vector256.Min(x, y));
                sums += low + high;
            }

            var (lowSums, highSums) = Vector256.Widen(sums);
            total += Vector256.Sum(lowSums + highSums);
        }

        for (; i < a.Length; i++) total += Math.Abs(a[i] - b[i]);
        return total;
    }

    /// <summary>Mean and variance of luma, and variance of its 4-neighbour Laplacian over the pixels that have all four neighbours.</summary>
    public static (float Mean, float Variance, float LaplacianVariance) Contrast(ReadOnlySpan<byte> luma, int width, int height)
    {
        long sum = 0, squares = 0, laplacian = 0, laplacianSquares = 0;
        for (var y = 1; y < height - 1; y++)
        {
            var above = luma.Slice((y - 1) * width, width);
            var here = luma.Slice(y * width, width);
            var below = luma.Slice((y + 1) * width, width);
            var rowSum = Vector256<int>.Zero;
            var rowSquares = Vector256<int>.Zero;
            var rowLaplacian = Vector256<int>.Zero;
            var rowLaplacianSquares = Vector256<int>.Zero;
            var x = 1;
            for (; x + 16 <= width - 1; x += 16)
            {
                var centre = Load(here, x);
                var edge = (centre << 2) - Load(here, x - 1) - Load(here, x + 1) - Load(above, x) - Load(below, x);
                Accumulate(centre, ref rowSum, ref rowSquares);
                Accumulate(edge, ref rowLaplacian, ref rowLaplacianSquares);
            }

            sum += Vector256.Sum(rowSum);
            squares += Vector256.Sum(rowSquares);
            laplacian += Vector256.Sum(rowLaplacian);
            laplacianSquares += Vector256.Sum(rowLaplacianSquares);
            for (; x < width - 1; x++)
            {
                int centre = here[x];
                var edge = 4 * centre - here[x - 1] - here[x + 1] - above[x] - below[x];
                sum += centre;
                squares += centre * centre;
                laplacian += edge;
                laplacianSquares += edge * edge;
            }
        }

        double count = Math.Max(1, (width - 2) * (height - 2));
        var mean = sum / count;
        var laplacianMean = laplacian / count;
        return ((float)mean, (float)Math.Max(0, squares / count - mean * mean), (float)Math.Max(0, laplacianSquares / count - laplacianMean * laplacianMean));
    }

    /// <summary>Means of a grid of cells over a plane; every pixel belongs to one cell.</summary>
    public static void CellMeans(ReadOnlySpan<byte> plane, int width, int height, int side, Span<byte> cells)
    {
        for (var row = 0; row < side; row++)
        {
            int top = row * height / side, bottom = Math.Max(top + 1, (row + 1) * height / side);
            for (var column = 0; column < side; column++)
            {
                int left = column * width / side, right = Math.Max(left + 1, (column + 1) * width / side);
                long sum = 0;
                for (var y = top; y < bottom; y++) sum += Sum(plane.Slice(y * width + left, right - left));
                var count = (bottom - top) * (right - left);
                cells[row * side + column] = (byte)((sum + count / 2) / count);
            }
        }
    }

    private static int Sum(ReadOnlySpan<byte> values)
    {
        var sum = 0;
        var i = 0;
        if (values.Length >= 16)
        {
            var lanes = Vector128<ushort>.Zero;
            for (; i + 16 <= values.Length; i += 16)
            {
                var (low, high) = Vector128.Widen(Vector128.Create(values.Slice(i, 16)));
                lanes += low + high;
            }

            var (first, second) = Vector128.Widen(lanes);
            sum = (int)Vector128.Sum(first + second);
        }

        for (; i < values.Length; i++) sum += values[i];
        return sum;
    }

    private static Vector256<ushort> Quarter(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int x, Vector256<ushort> mask, Vector256<ushort> two)
    {
        var a = MemoryMarshal.Read<Vector256<ushort>>(upper.Slice(x, 32));
        var b = MemoryMarshal.Read<Vector256<ushort>>(lower.Slice(x, 32));
        return ((a & mask) + (a >>> 8) + (b & mask) + (b >>> 8) + two) >>> 2;
    }

    private static Vector256<short> Load(ReadOnlySpan<byte> row, int x)
    {
        var (low, high) = Vector128.Widen(Vector128.Create(row.Slice(x, 16)));
        return Vector256.Create(low, high).AsInt16();
    }

    private static void Accumulate(Vector256<short> values, ref Vector256<int> sum, ref Vector256<int> squares)
    {
        var (low, high) = Vector256.Widen(values);
        sum += low + high;
        squares += low * low + high * high;
    }
}
