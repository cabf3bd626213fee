using System.Globalization;
using System.Text;
using Curation.Clips.Deciding;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>Bars as paths of an SVG that is as wide as there are bars and 100 high. Heights go by the square root of the count, so that tails can be seen.</summary>
internal static class HistogramPaths
{
    private const double Height = 100;
    private const double Least = 3;
    private const double Gap = 0.09;

    /// <summary>All bars.</summary>
    /// <param name="counts">Clips in each bar.</param>
    /// <param name="most">The count that is as high as the picture.</param>
    public static string Bars(IReadOnlyList<int> counts, int most) => Bars(counts, most, 0, counts.Count);

    /// <summary>What lies within bounds; a bar that a bound goes through is cut there.</summary>
    public static string Within(IReadOnlyList<int> counts, int most, (double From, double To) allowed) => Bars(counts, most, allowed.From * counts.Count, allowed.To * counts.Count);

    /// <summary>What lies outside of bounds.</summary>
    public static string Outside(IReadOnlyList<int> counts, int most, (double From, double To) allowed) =>
        Bars(counts, most, 0, allowed.From * counts.Count) + Bars(counts, most, allowed.To * counts.Count, counts.Count);

    /// <summary>The part of an axis that a limit allows, as shares of its width.</summary>
    public static (double From, double To) Allowed(WhatIfAxis axis, Limit? limit)
    {
        var low = Math.Max(limit?.Min ?? double.NegativeInfinity, -limit?.MaxAbs ?? double.NegativeInfinity);
        var high = Math.Min(limit?.Max ?? double.PositiveInfinity, limit?.MaxAbs ?? double.PositiveInfinity);
        var from = double.IsInfinity(low) ? 0 : LimitBound.ShareOf(axis, low);
        return (from, Math.Max(from, double.IsInfinity(high) ? 1 : LimitBound.ShareOf(axis, high)));
    }

    private static string Bars(IReadOnlyList<int> counts, int most, double from, double to)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < counts.Count; bar++)
        {
            var (left, right) = (Math.Max(bar + Gap, from), Math.Min(bar + 1 - Gap, to));
            if (counts[bar] == 0 || right <= left) continue;

            var top = Height - Math.Max(Least, Math.Sqrt((double)counts[bar] / Math.Max(1, most)) * (Height - 2));
            path.Append(CultureInfo.InvariantCulture, $"M{left:0.##} {Height}V{top:0.#}H{right:0.##}V{Height}Z");
        }

        return path.ToString();
    }
}
