using System.Globalization;
using System.Text;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using ScottPlot;

namespace Curation.Pipeline.Calibration;

/// <summary>Plots of one limit as SVG pictures.</summary>
internal static class LimitPlots
{
    /// <summary>Width of a picture in pixels.</summary>
    public const int Width = 520;

    /// <summary>Height of a picture in pixels.</summary>
    public const int Height = 270;

    private const int Bins = 40;

    // Where it is not installed the system's own is taken, which is a serif one on some Linux systems and a sans serif elsewhere.
    private const string SansSerif = "DejaVu Sans";

    // Share of the values cut off at either end before the axis is chosen; what lies beyond is counted in the end bars.
    private const double Tail = 0.005;
    private const double LimitMargin = 0.06;

    private static readonly Color Passing = Color.FromHex("#6d9f9b");
    private static readonly Color Rejected = Color.FromHex("#d0694f");
    private static readonly Color NewBound = Color.FromHex("#a8412a");
    private static readonly Color OldBound = Color.FromHex("#3a4047");
    private static readonly Color Precision = Color.FromHex("#17706b");
    private static readonly Color Recall = Color.FromHex("#7a5aa6");

    /// <summary>A histogram of the values that a limit judges, with its old and new bounds.</summary>
    /// <param name="limit">The limit before and after.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>A data address of an SVG picture.</returns>
    public static string Histogram(LimitCalibration limit, double[] values)
    {
        Array.Sort(values);
        var (low, high) = Axis(limit, values);
        var step = (high - low) / Bins;
        var passing = new int[Bins];
        var rejected = new int[Bins];
        foreach (var value in values)
        {
            var bin = Math.Clamp((int)((value - low) / step), 0, Bins - 1);
            (limit.New.Allows(value) ? passing : rejected)[bin]++;
        }

        var plot = New(limit.New.Name, "clips");
        plot.Add.Bars(Bars(passing, null, Passing).Concat(Bars(rejected, passing, Rejected)).ToArray());
        AddBounds(plot, limit);
        plot.Axes.SetLimitsX(low - step, high + step);
        plot.Axes.SetLimitsY(0, 1.05 * Enumerable.Range(0, Bins).Max(bin => passing[bin] + rejected[bin]));
        return Picture(plot);

        IEnumerable<Bar> Bars(int[] counts, int[]? below, Color colour) =>
            from bin in Enumerable.Range(0, Bins)
            where counts[bin] > 0
            let start = below?[bin] ?? 0
            select new Bar { Position = low + ((bin + 0.5) * step), ValueBase = start, Value = start + counts[bin], Size = 0.9 * step, FillColor = colour, LineWidth = 0 };
    }

    /// <summary>Precision and recall of a bound over its thresholds, with their 95 % intervals.</summary>
    /// <param name="limit">The limit before and after.</param>
    /// <param name="curve">At least one point.</param>
    /// <returns>A data address of an SVG picture.</returns>
    public static string Curve(LimitCalibration limit, PrecisionRecallCurve curve)
    {
        var plot = New(limit.New.Name + (curve.Bound == LabelBound.MaxAbs ? ", absolute" : ""), "share");
        var points = curve.Points.OrderBy(point => point.Threshold).ToList();
        var thresholds = points.Select(point => point.Threshold).ToArray();
        AddShare("precision", Precision, [.. points.Select(point => point.Precision)]);
        AddShare("recall", Recall, [.. points.Select(point => point.Recall)]);
        AddBounds(plot, limit with { Old = Only(limit.Old, curve.Bound), New = Only(limit.New, curve.Bound) });
        plot.Axes.SetLimitsY(0, 1.05);
        return Picture(plot);

        void AddShare(string name, Color colour, WilsonInterval[] shares)
        {
            var band = plot.Add.FillY(thresholds, [.. shares.Select(share => share.Low)], [.. shares.Select(share => share.High)]);
            band.FillColor = colour.WithAlpha(0.18);
            band.LineWidth = 0;
            var line = plot.Add.ScatterLine(thresholds, [.. shares.Select(share => share.Share)], colour);
            line.LineWidth = 2;
            line.LegendText = name;
        }
    }

    private static Plot New(string measurement, string vertical)
    {
        var definition = MeasurementCatalog.Get(measurement.Split(',')[0]);
        var plot = new Plot();
        plot.XLabel($"{measurement} ({definition.Unit})", 12);
        plot.YLabel(vertical, 12);
        plot.Font.Set(SansSerif);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        return plot;
    }

    private static void AddBounds(Plot plot, LimitCalibration limit)
    {
        var moved = limit.New != limit.Old;
        Add(limit.Old, OldBound, moved ? LinePattern.Dashed : LinePattern.Solid, moved ? "old " : "limit ");
        if (moved) Add(limit.New, NewBound, LinePattern.Solid, "new ");
        plot.ShowLegend(Edge.Top);

        void Add(Limit bounds, Color colour, LinePattern pattern, string name)
        {
            foreach (var at in Bounds(bounds))
            {
                var line = plot.Add.VerticalLine(at, 2, colour, pattern);
                line.LegendText = name.Length == 0 ? "" : name + bounds.Describe();
                name = "";
            }
        }
    }

    private static IEnumerable<double> Bounds(Limit limit)
    {
        if (limit.Min is { } min) yield return min;
        if (limit.Max is { } max) yield return max;
        if (limit.MaxAbs is not { } abs) yield break;
        yield return -abs;
        yield return abs;
    }

    private static Limit Only(Limit limit, LabelBound bound) => bound switch
    {
        LabelBound.Min => limit with { Max = null },
        LabelBound.Max => limit with { Min = null },
        _ => limit with { MaxAbs = null, Max = limit.MaxAbs },
    };

    private static (double Low, double High) Axis(LimitCalibration limit, double[] sorted)
    {
        var low = sorted[(int)(Tail * (sorted.Length - 1))];
        var high = sorted[(int)Math.Ceiling((1 - Tail) * (sorted.Length - 1))];
        foreach (var bound in Bounds(limit.Old).Concat(Bounds(limit.New)))
        {
            // A bound stands clear of the axis's ends, so that what lies beyond it can be seen.
            var margin = Math.Max(high - low, Math.Abs(bound)) * LimitMargin;
            low = Math.Min(low, bound - margin);
            high = Math.Max(high, bound + margin);
        }

        return high > low ? (low, high) : (low - 1, high + 1);
    }

    // A picture of its own: names within an SVG would meet those of the next one on the page.
    private static string Picture(Plot plot) =>
        string.Create(CultureInfo.InvariantCulture, $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height)))}");
}
