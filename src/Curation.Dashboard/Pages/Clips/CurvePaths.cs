using System.Globalization;
using System.Text;
using Curation.Filters.Alignment;
using Curation.Pipeline.Browsing;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>Curves as the paths of an SVG that is <see cref="Width"/> wide, over the length of the clip.</summary>
internal static class CurvePaths
{
    /// <summary>Units of the view box: a clip's length.</summary>
    public const double Width = 1000;

    private static readonly int[] Steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

    /// <summary>Samples between their lowest and highest, in a box whose middle is 0 and whose half height is 1.</summary>
    public static string Wave(ClipCurves curves)
    {
        if (curves.Highs.Count == 0) return "";

        // The loudest sample fills the height: a quiet clip is still seen; its level is a number above.
        var full = Math.Max(0.01f, Math.Max(curves.Highs.Max(), -curves.Lows.Min()));
        var path = new StringBuilder();
        for (var part = 0; part < curves.Highs.Count; part++) Add(path, part == 0, X(curves, At(curves, part)), -curves.Highs[part] / full);
        for (var part = curves.Lows.Count - 1; part >= 0; part--) Add(path, first: false, X(curves, At(curves, part)), -curves.Lows[part] / full);
        return path.Append('Z').ToString();
    }

    /// <summary>A curve of values that are not negative, as an area from 0 up to 1.</summary>
    /// <param name="curves">The clip.</param>
    /// <param name="values">The values, a step apart.</param>
    /// <param name="stepSeconds">The step.</param>
    /// <param name="shiftSeconds">Draws it so much later.</param>
    /// <param name="closed">Whether it is filled down to 0.</param>
    public static string Area(ClipCurves curves, IReadOnlyList<float> values, double stepSeconds, double shiftSeconds, bool closed)
    {
        var full = values.Count == 0 ? 0 : values.Max();
        if (full <= 0) return "";

        var path = new StringBuilder();
        if (closed) Add(path, first: true, X(curves, shiftSeconds), 0);
        for (var index = 0; index < values.Count; index++) Add(path, !closed && index == 0, X(curves, (index * stepSeconds) + shiftSeconds), values[index] / full);
        if (closed) Add(path, first: false, X(curves, ((values.Count - 1) * stepSeconds) + shiftSeconds), 0);
        return closed ? path.Append('Z').ToString() : path.ToString();
    }

    /// <summary>Agreement over lags, from the lowest at 0 to the best at 1, over <see cref="Width"/> units.</summary>
    public static string Lags(SyncCurve curve)
    {
        var (low, high) = (curve.Scores.Min(), curve.Scores.Max());
        var path = new StringBuilder();
        for (var index = 0; index < curve.Scores.Count; index++)
        {
            Add(path, index == 0, Width * index / Math.Max(1, curve.Scores.Count - 1), high > low ? (curve.Scores[index] - low) / (high - low) : 0);
        }

        return path.ToString();
    }

    /// <summary>Times to write below the curves: whole seconds, at most about ten.</summary>
    public static IReadOnlyList<int> Ticks(double seconds)
    {
        var step = Steps.FirstOrDefault(step => seconds / step <= 10, 1200);
        return [.. Enumerable.Range(0, (int)(seconds / step) + 1).Select(index => index * step)];
    }

    private static double At(ClipCurves curves, int part) => curves.SoundStartSeconds + (part * curves.PartSeconds);

    private static double X(ClipCurves curves, double seconds) => curves.Seconds > 0 ? Width * seconds / curves.Seconds : 0;

    // Plus zero, so that a negative zero is written as zero.
    private static void Add(StringBuilder path, bool first, double x, double y) =>
        path.Append(first ? 'M' : 'L').Append(x.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ').Append((y + 0.0).ToString("0.###", CultureInfo.InvariantCulture));
}
