using System.Numerics;
using System.Runtime.InteropServices;

namespace Curation.Models.Features;

/// <summary>Resizes pictures exactly as Pillow does: antialiased, in fixed point, rounded to bytes between the horizontal and the vertical pass.</summary>
public static class PictureResizer
{
    // Pillow's precision: 32 bits less 8 of the sample and 2 for overshoot.
    private const int PrecisionBits = 22;
    private const int Half = 1 << (PrecisionBits - 1);

    /// <summary>Resizes a picture.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="newWidth">Width wanted.</param>
    /// <param name="newHeight">Height wanted.</param>
    /// <param name="filter">Kernel.</param>
    /// <returns>Packed RGB24 of the wanted size.</returns>
    public static byte[] Resize(ReadOnlySpan<byte> rgb, int width, int height, int newWidth, int newHeight, ResizeFilter filter)
    {
        RgbPictures.Require(rgb, 1, width, height, nameof(rgb));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newHeight);
        var narrowed = newWidth == width ? rgb.ToArray() : Horizontal(rgb, width, height, Weights(width, newWidth, filter));
        return newHeight == height ? narrowed : Vertical(narrowed, newWidth, Weights(height, newHeight, filter));
    }

    private static byte[] Horizontal(ReadOnlySpan<byte> rgb, int width, int height, (int First, int[] Taps)[] weights)
    {
        var narrowed = new byte[weights.Length * height * RgbPictures.Channels];
        var to = 0;
        for (var y = 0; y < height; y++)
        {
            var row = rgb.Slice(y * width * RgbPictures.Channels, width * RgbPictures.Channels);
            foreach (var (first, taps) in weights)
            {
                var pixels = row.Slice(first * RgbPictures.Channels, taps.Length * RgbPictures.Channels);
                var (red, green, blue) = (Half, Half, Half);
                for (var (tap, at) = (0, 0); tap < taps.Length; tap++, at += RgbPictures.Channels)
                {
                    red += pixels[at] * taps[tap];
                    green += pixels[at + 1] * taps[tap];
                    blue += pixels[at + 2] * taps[tap];
                }

                narrowed[to++] = Clip(red);
                narrowed[to++] = Clip(green);
                narrowed[to++] = Clip(blue);
            }
        }

        return narrowed;
    }

    private static byte[] Vertical(ReadOnlySpan<byte> rgb, int width, (int First, int[] Taps)[] weights)
    {
        var bytes = width * RgbPictures.Channels;
        var resized = new byte[weights.Length * bytes];
        var sums = new int[bytes];
        for (var y = 0; y < weights.Length; y++)
        {
            var (first, taps) = weights[y];
            sums.AsSpan().Fill(Half);
            for (var tap = 0; tap < taps.Length; tap++) AddRow(rgb.Slice((first + tap) * bytes, bytes), taps[tap], sums);
            for (var i = 0; i < bytes; i++) resized[(y * bytes) + i] = Clip(sums[i]);
        }

        return resized;
    }

    private static void AddRow(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        var weights = new Vector<int>(weight);
        var wide = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        var wideSums = MemoryMarshal.Cast<int, Vector<int>>(sums);
        for (var i = 0; i < wide.Length; i++)
        {
            Vector.Widen(wide[i], out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            wideSums[4 * i] += Vector.AsVectorInt32(a) * weights;
            wideSums[(4 * i) + 1] += Vector.AsVectorInt32(b) * weights;
            wideSums[(4 * i) + 2] += Vector.AsVectorInt32(c) * weights;
            wideSums[(4 * i) + 3] += Vector.AsVectorInt32(d) * weights;
        }

        for (var i = wide.Length * Vector<byte>.Count; i < row.Length; i++) sums[i] += row[i] * weight;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> PrecisionBits, 0, 255);

    // For each new pixel the old pixels under the kernel; shrinking widens the kernel, which is the antialiasing.
    private static (int First, int[] Taps)[] Weights(int length, int newLength, ResizeFilter filter)
    {
        var scale = (double)length / newLength;
        var stretch = Math.Max(1, scale);
        var support = stretch * (filter == ResizeFilter.Bicubic ? 2 : 1);
        var weights = new (int, int[])[newLength];
        for (var i = 0; i < newLength; i++)
        {
            var center = (i + 0.5) * scale;
            var first = Math.Max(0, (int)(center - support + 0.5));
            var end = Math.Min(length, (int)(center + support + 0.5));
            var shares = new double[end - first];
            for (var tap = 0; tap < shares.Length; tap++) shares[tap] = Kernel(filter, (first + tap - center + 0.5) * (1 / stretch));

            var sum = 0.0;
            foreach (var share in shares) sum += share;
            weights[i] = (first, [.. shares.Select(share => Fixed(sum != 0 ? share / sum : share))]);
        }

        return weights;
    }

    private static int Fixed(double share) => (int)((share * (1 << PrecisionBits)) + (share < 0 ? -0.5 : 0.5));

    private static double Kernel(ResizeFilter filter, double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear) return x < 1 ? 1 - x : 0;

        return x switch
        {
            < 1 => ((((A + 2) * x) - (A + 3)) * x * x) + 1,
            < 2 => (((((x - 5) * x) + 8) * x) - 4) * A,
            _ => 0,
        };
    }
}
