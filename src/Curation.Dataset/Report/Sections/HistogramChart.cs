using System.Globalization;
using System.Text;
using System.Text.Json;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>
/// A histogram as rectangles in a view box of 320 by 112. Drawn here and not by a chart library: canvas libraries show
/// nothing without script, in print or to a screen reader, and weigh more than the whole page for what is bars and a line.
/// </summary>
internal static class HistogramChart
{
    /// <summary>Width of the view box.</summary>
    public const double Width = 320;

    private const double Top = 20;
    private const double Base = 92;
    private const double Gap = 0.7;
    private const int WantedBins = 32;

    /// <summary>Share of the values cut off at either end before the axis is chosen; what lies beyond is counted in the end bars.</summary>
    private const double Tail = 0.005;

    /// <summary>How far the axis goes on past a limit, as a share of the values' range.</summary>
    private const double LimitMargin = 0.06;

    /// <summary>A bar that stands for at least one clip is never lower than this.</summary>
    private const double LowestBar = 2;

    /// <summary>Draws what was measured; null where nothing was.</summary>
    public static ChartView? Draw(MeasurementTally tally, MeasurementDefinition definition)
    {
        if (tally.Measured == 0) return null;

        var axis = ChooseAxis(tally, definition);
        var passed = Fill(axis, tally.Passed);
        var failed = Fill(axis, tally.TooLow, tally.TooHigh);
        var other = Fill(axis, tally.Unjudged);
        var highest = Enumerable.Range(0, axis.Bins).Max(bin => passed[bin] + failed[bin] + other[bin]);
        var shapes = Stack(axis, highest, passed, failed, other);
        var limits = Limits(tally, axis, definition.Unit);
        return new ChartView(
            $"{definition.Title}: {Words.Count(tally.Measured)} clips from {Words.Number(axis.Low)} to {Words.Quantity(axis.High, definition.Unit)}",
            shapes[0],
            shapes[1],
            shapes[2],
            Shades(tally, axis),
            limits,
            Ticks(axis, definition.Unit),
            JsonSerializer.Serialize(new { low = axis.Low, step = axis.Step, unit = Words.Unit(definition.Unit).Trim(), whole = definition.Unit == "count", passed, failed, other }));
    }

    /// <summary>The axis: nice steps over nearly all values, the limits included, never past what is possible.</summary>
    internal static Axis ChooseAxis(MeasurementTally tally, MeasurementDefinition definition)
    {
        var values = ValueSketch.Merge(tally.Passed, tally.TooLow, tally.TooHigh, tally.Unjudged);
        var low = ValueSketch.Quantile(values, Tail)!.Value;
        var high = ValueSketch.Quantile(values, 1 - Tail)!.Value;
        foreach (var bound in Bounds(tally))
        {
            // A limit stands clear of the axis's ends, so that what lies beyond it can be seen.
            var margin = Math.Max(high - low, Math.Abs(bound)) * LimitMargin;
            low = Math.Min(low, bound - margin);
            high = Math.Max(high, bound + margin);
        }

        low = Math.Max(low, definition.Minimum ?? double.NegativeInfinity);
        high = Math.Min(high, definition.Maximum ?? double.PositiveInfinity);

        if (definition is { Minimum: { } least, Maximum: { } most } && most - least <= 10 && high - low > (most - least) / 2)
        {
            low = least;
            high = most;
        }

        if (high - low < 1e-9)
        {
            var around = Math.Max(Math.Abs(high) * 0.1, definition.Unit is "px" or "Hz" ? 10 : 0.1);
            low -= around;
            high += around;
        }

        low = Math.Max(low, definition.Minimum ?? double.NegativeInfinity);
        high = Math.Min(high, definition.Maximum ?? double.PositiveInfinity);
        var whole = definition.Unit == "count";
        var step = ChooseStep(high - low, [.. Bounds(tally)], whole);
        var first = Math.Floor((low / step) + 1e-6);
        var bins = Math.Max(1, (int)(Math.Ceiling((high / step) - 1e-6) - first));
        return whole
            ? new Axis((first - 0.5) * step, step, bins + 1)
            : new Axis(first * step, step, bins);
    }

    private static IEnumerable<double> Bounds(MeasurementTally tally)
    {
        if (tally.Limit is not { } limit) yield break;
        if (limit.Min is { } min) yield return min;
        if (limit.Max is { } max) yield return max;
        if (limit.MaxAbs is not { } abs) yield break;
        yield return -abs;
        yield return abs;
    }

    /// <summary>A nice step that puts the limits on the edges of bins, where one near the wanted number of bins does.</summary>
    private static double ChooseStep(double range, double[] limits, bool whole)
    {
        var plain = NiceStep(range / WantedBins);
        if (whole) return Math.Max(1, plain);

        double[] candidates = [plain, NiceStep(plain * 0.45), NiceStep(plain * 0.7), NiceStep(plain * 1.01)];
        return candidates.FirstOrDefault(step => limits.All(limit => Math.Abs((limit / step) - Math.Round(limit / step)) < 1e-6), plain);
    }

    /// <summary>The next 1, 2, 2.5 or 5 times a power of ten.</summary>
    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double[] nice = [1, 2, 2.5, 5, 10];
        return nice.First(step => step * power >= rough * (1 - 1e-9)) * power;
    }

    private static long[] Fill(Axis axis, params ReadOnlySpan<ValueSketch> sketches)
    {
        var counts = new long[axis.Bins];
        foreach (var bin in ValueSketch.Merge(sketches))
        {
            var place = (int)Math.Clamp(Math.Floor(((bin.Value - axis.Low) / axis.Step) + 1e-9), 0, axis.Bins - 1);
            counts[place] += bin.Count;
        }

        return counts;
    }

    private static string[] Stack(Axis axis, long highest, params long[][] series)
    {
        var shapes = series.Select(_ => new StringBuilder()).ToArray();
        var width = Width / axis.Bins;
        var gap = Math.Min(Gap, width / 4);
        for (var bin = 0; bin < axis.Bins; bin++)
        {
            var y = Base;
            for (var at = 0; at < series.Length; at++)
            {
                if (series[at][bin] == 0) continue;

                var height = Math.Max(LowestBar, (Base - Top) * series[at][bin] / highest);
                y -= height;
                shapes[at].Append(CultureInfo.InvariantCulture, $"M{(bin * width) + gap:0.##} {y:0.##}h{width - (2 * gap):0.##}v{height:0.##}h-{width - (2 * gap):0.##}z");
            }
        }

        return [.. shapes.Select(shape => shape.ToString())];
    }

    private static List<ShadeView> Shades(MeasurementTally tally, Axis axis)
    {
        var shades = new List<ShadeView>();
        var (min, max) = (tally.Limit?.Min ?? -tally.Limit?.MaxAbs, tally.Limit?.Max ?? tally.Limit?.MaxAbs);
        if (min is { } low && axis.X(low) > 0) shades.Add(new ShadeView("0", Text(axis.X(low))));
        if (max is { } high && axis.X(high) < Width) shades.Add(new ShadeView(Text(axis.X(high)), Text(Width - axis.X(high))));
        return shades;
    }

    private static List<MarkView> Limits(MeasurementTally tally, Axis axis, string unit)
    {
        var bounds = Bounds(tally).ToList();
        var twin = bounds.Count == 2 && axis.X(bounds[1]) - axis.X(bounds[0]) < 90;
        return [.. bounds.Select((bound, place) =>
        {
            var x = axis.X(bound);
            var leftwards = twin ? place == 0 && x > 44 : x > Width * 0.6;
            var text = (place == 0 && (tally.Limit!.Min is not null || tally.Limit.MaxAbs is not null) ? "≥ " : "≤ ") + Words.Exact(bound) + (twin ? string.Empty : Words.Unit(unit));
            return new MarkView(Text(x), Text(leftwards ? x - 4 : x + 4), leftwards ? "end" : "start", text);
        })];
    }

    private static List<MarkView> Ticks(Axis axis, string unit)
    {
        var every = NiceStep((axis.High - axis.Low) / 6);
        var ticks = new List<MarkView>();
        for (var place = Math.Ceiling((axis.Low / every) - 1e-6); place * every <= axis.High + (every * 1e-6); place++)
        {
            var x = Math.Clamp(axis.X(place * every), 0, Width);
            var anchor = x < 14 ? "start" : x > Width - 14 ? "end" : "middle";
            ticks.Add(new MarkView(Text(x), Text(x), anchor, Words.Number(Math.Round(place * every, 9))));
        }

        if (ticks.Count > 0 && Words.Unit(unit) is { Length: > 0 } suffix) ticks[^1] = ticks[^1] with { Text = ticks[^1].Text + suffix };
        return ticks;
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Equal bins side by side; the ends also count what lies beyond them.</summary>
    /// <param name="Low">Left edge.</param>
    /// <param name="Step">Width of a bin.</param>
    /// <param name="Bins">How many.</param>
    internal readonly record struct Axis(double Low, double Step, int Bins)
    {
        /// <summary>Right edge.</summary>
        public double High => Low + (Step * Bins);

        /// <summary>Where a value lies in the view box.</summary>
        public double X(double value) => (value - Low) / (High - Low) * Width;
    }
}
