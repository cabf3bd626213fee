namespace Curation.Models.Speech.Whisper;

/// <summary>Median over a sliding window; the ends are mirrored without repeating the edge (whisper/timing.py, median_filter).</summary>
internal static class MedianFilter
{
    /// <summary>Filters in place.</summary>
    /// <param name="row">Values; left as they are where the row is not longer than half the window.</param>
    /// <param name="width">Odd.</param>
    public static void Apply(Span<float> row, int width)
    {
        var half = width / 2;
        if (row.Length <= half) return;

        var source = row.ToArray();
        Span<float> window = stackalloc float[width];
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = -half; j <= half; j++)
            {
                var at = Math.Abs(i + j);
                window[j + half] = source[at < source.Length ? at : (2 * (source.Length - 1)) - at];
            }

            window.Sort();
            row[i] = window[half];
        }
    }
}
