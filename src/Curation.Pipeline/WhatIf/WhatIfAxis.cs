using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.WhatIf;

/// <summary>How a measurement is laid out from left to right: in equal steps, or in equal factors where most values lie close to zero.</summary>
/// <param name="Low">Left end of the first bar; with factors, the end of the bar of all that is smaller.</param>
/// <param name="High">Right end of the last bar.</param>
/// <param name="Bins">How many bars there are.</param>
/// <param name="Factors">Whether bars go by factors; the first one then holds zero and all up to <paramref name="Low"/>.</param>
/// <param name="Whole">Whether values are whole numbers.</param>
public sealed record WhatIfAxis(double Low, double High, int Bins, bool Factors, bool Whole)
{
    private const int WantedBins = 40;

    // Values beyond these shares are counted in the end bars.
    private const double Tail = 0.005;

    // Where the middle value is less than this share of the high end, equal steps show one bar.
    private const double Crowded = 0.02;

    // Four powers of ten are as many as a hand tells apart on a slider.
    private const double MostFactors = 1e4;

    /// <summary>Where a value lies: 0 at the left end, 1 at the right; beyond them outside.</summary>
    /// <param name="value">In the measurement's unit.</param>
    /// <returns>A share of the width.</returns>
    public double PositionOf(double value)
    {
        if (!Factors) return (value - Low) / (High - Low);

        var first = 1.0 / Bins;
        return value < Low ? value / Low * first : first + (Math.Log(value / Low) / Math.Log(High / Low) * (1 - first));
    }

    /// <summary>The value at a place, rounded to what the width can tell apart.</summary>
    /// <param name="position">0..1.</param>
    /// <returns>In the measurement's unit.</returns>
    public double ValueAt(double position)
    {
        var first = 1.0 / Bins;
        if (!Factors) return Round(Low + (position * (High - Low)), (High - Low) / 1000);

        var value = position < first ? position / first * Low : Low * Math.Pow(High / Low, (position - first) / (1 - first));
        return Round(value, Math.Max(value, Low) / 100);
    }

    /// <summary>The bar that counts a value.</summary>
    /// <param name="value">In the measurement's unit.</param>
    /// <returns>0..<see cref="Bins"/> - 1.</returns>
    public int BinOf(double value)
    {
        if (!Factors) return (int)Math.Clamp(Math.Floor(((value - Low) * Bins / (High - Low)) + 1e-9), 0, Bins - 1);

        return value < Low ? 0 : 1 + (int)Math.Clamp(Math.Floor((Math.Log(value / Low) / Math.Log(High / Low) * (Bins - 1)) + 1e-9), 0, Bins - 2);
    }

    /// <summary>Lays out a measurement.</summary>
    /// <param name="definition">The measurement.</param>
    /// <param name="limit">A limit that has to be on it; null for none.</param>
    /// <param name="sorted">Values in order; some of many will do.</param>
    internal static WhatIfAxis Choose(MeasurementDefinition definition, Limit? limit, ReadOnlySpan<double> sorted)
    {
        var (low, high) = sorted.IsEmpty ? (definition.Minimum ?? 0, definition.Maximum ?? 1) : (Quantile(sorted, Tail), Quantile(sorted, 1 - Tail));
        double[] bounds = [.. Bounds(limit)];
        if (definition.Minimum == 0 && definition.Unit != "count" && ByFactors(sorted, bounds, high) is { } byFactors)
        {
            return byFactors with { High = Math.Min(byFactors.High, definition.Maximum ?? double.PositiveInfinity) };
        }

        foreach (var bound in bounds)
        {
            var margin = Math.Max(high - low, Math.Abs(bound)) * 0.06;
            (low, high) = (Math.Min(low, bound - margin), Math.Max(high, bound + margin));
        }

        (low, high) = Within(definition, low, high);
        if (definition is { Minimum: { } least, Maximum: { } most } && most - least <= 10 && high - low > (most - least) / 2) (low, high) = (least, most);
        if (high - low < 1e-9)
        {
            var around = Math.Max(Math.Abs(high) * 0.1, definition.Unit is "px" or "Hz" ? 10 : 0.1);
            (low, high) = Within(definition, low - around, high + around);
        }

        var whole = definition.Unit == "count";
        var step = whole ? Math.Max(1, Nice((high - low) / WantedBins)) : Nice((high - low) / WantedBins);
        var first = Math.Floor((low / step) + 1e-6);
        var bins = Math.Max(1, (int)(Math.Ceiling((high / step) - 1e-6) - first));
        return whole
            ? new WhatIfAxis((first - 0.5) * step, (first + bins + 0.5) * step, bins + 1, false, true)
            : new WhatIfAxis(first * step, (first + bins) * step, bins, false, definition.Unit == "px");
    }

    private static WhatIfAxis? ByFactors(ReadOnlySpan<double> sorted, double[] bounds, double high)
    {
        if (sorted.IsEmpty || sorted[0] < 0) return null;

        high = Math.Max(high, bounds.DefaultIfEmpty(0).Max() * 1.5);
        if (high <= 0 || Quantile(sorted, 0.5) > high * Crowded) return null;

        var positive = sorted[(sorted.LastIndexOf(0.0) + 1)..];
        var low = positive.IsEmpty ? high / 100 : Quantile(positive, Tail);
        foreach (var bound in bounds.Where(bound => bound > 0)) low = Math.Min(low, bound / 2);
        low = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(low, high / MostFactors)) + 1e-9));
        return new WhatIfAxis(low, Nice(high), WantedBins, true, false);
    }

    private static IEnumerable<double> Bounds(Limit? limit)
    {
        if (limit?.Min is { } min) yield return min;
        if (limit?.Max is { } max) yield return max;
        if (limit?.MaxAbs is not { } abs) yield break;
        yield return -abs;
        yield return abs;
    }

    private static (double Low, double High) Within(MeasurementDefinition definition, double low, double high) =>
        (Math.Max(low, definition.Minimum ?? double.NegativeInfinity), Math.Min(high, definition.Maximum ?? double.PositiveInfinity));

    private static double Quantile(ReadOnlySpan<double> sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    // The next 1, 2, 2.5 or 5 times a power of ten.
    private static double Nice(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        foreach (var nice in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
        {
            if (nice * power >= rough * (1 - 1e-9)) return nice * power;
        }

        return 10 * power;
    }

    private double Round(double value, double telling)
    {
        if (Whole) return Math.Round(value);

        var digits = (int)Math.Clamp(-Math.Floor(Math.Log10(telling)), 0, 12);
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(telling))));
        return digits > 0 ? Math.Round(value, digits) : Math.Round(value / step) * step;
    }
}
