namespace Curation.Models.Faces;

/// <summary>
/// A packed RGB picture as YuNet takes it: planes in the order blue, green, red, values 0..255, scaled to fit the upper left of the square, black around.
/// Scaling averages the pixels under each target pixel (upstream leaves the scaling to the caller).
/// </summary>
internal static class BgrLetterbox
{
    private const int Channels = 3;

    /// <summary>Fills the planes.</summary>
    /// <returns>Target pixels for one source pixel.</returns>
    public static float Fill(ReadOnlySpan<byte> rgb, int width, int height, int side, Span<float> planes)
    {
        var scale = Math.Min((float)side / width, (float)side / height);
        var (fitWidth, fitHeight) = (Math.Clamp((int)MathF.Round(width * scale), 1, side), Math.Clamp((int)MathF.Round(height * scale), 1, side));
        var (columns, rows) = (Taps(width, fitWidth), Taps(height, fitHeight));
        planes.Clear();

        // Rows first: one wide line of sums for each target row, then its columns.
        var line = new float[width * Channels];
        for (var y = 0; y < fitHeight; y++)
        {
            Array.Clear(line);
            foreach (var (index, weight) in rows[y])
            {
                var source = rgb.Slice(index * width * Channels, width * Channels);
                for (var i = 0; i < line.Length; i++) line[i] += weight * source[i];
            }

            for (var x = 0; x < fitWidth; x++)
            {
                float red = 0, green = 0, blue = 0;
                foreach (var (index, weight) in columns[x])
                {
                    red += weight * line[index * Channels];
                    green += weight * line[(index * Channels) + 1];
                    blue += weight * line[(index * Channels) + 2];
                }

                var at = (y * side) + x;
                (planes[at], planes[(side * side) + at], planes[(2 * side * side) + at]) = (blue, green, red);
            }
        }

        return scale;
    }

    // Downwards the mean of what lies under the target pixel, upwards linear between neighbours.
    private static (int Index, float Weight)[][] Taps(int from, int to)
    {
        var step = (float)from / to;
        var reach = Math.Max(1, step);
        var taps = new (int Index, float Weight)[to][];
        for (var target = 0; target < to; target++)
        {
            var centre = ((target + 0.5f) * step) - 0.5f;
            var first = Math.Max(0, (int)MathF.Ceiling(centre - reach));
            var last = Math.Min(from - 1, (int)MathF.Floor(centre + reach));
            var weights = Enumerable.Range(first, Math.Max(1, last - first + 1)).Select(index => (Index: Math.Min(index, from - 1), Weight: Math.Max(0, 1 - (Math.Abs(index - centre) / reach)))).ToArray();
            var sum = weights.Sum(tap => tap.Weight);
            taps[target] = sum > 0 ? [.. weights.Select(tap => (tap.Index, tap.Weight / sum))] : [(Math.Clamp((int)MathF.Round(centre), 0, from - 1), 1f)];
        }

        return taps;
    }
}
