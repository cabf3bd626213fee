using System.Globalization;
using Curation.Dataset.Browsing;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>A value and its limit on one axis, as shares of the axis' length.</summary>
/// <param name="Value">Where the value stands, 0..1.</param>
/// <param name="Allowed">What the limit allows; null without a limit.</param>
/// <param name="Words">The same for those who do not see it.</param>
internal sealed record LimitAxis(double Value, (double From, double To)? Allowed, string Words)
{
    private const string Range = "..", AtLeast = ">= ", AtMost = "<= ", Absolute = "|x| <= ";

    // What lies at the axis' very ends could not be seen.
    private const double Margin = 0.06;

    /// <summary>Makes the axis of a line.</summary>
    /// <param name="line">A measurement with its limit.</param>
    /// <param name="extent">Where the data set's values lie; null where that is not known.</param>
    /// <returns>Null where there is no value.</returns>
    public static LimitAxis? Of(ClipStoryLine line, ColumnExtent? extent)
    {
        if (line.Value is not { } value) return null;

        var (low, high) = Bounds(line.Limit);
        // Over what there is and not over what could be: most limits of a ratio lie near one end of 0..1.
        double?[] named = [value, low, high, extent?.Minimum, extent?.Maximum];
        var (least, most) = (named.Min()!.Value, named.Max()!.Value);
        var room = most > least ? (most - least) * Margin : 1;
        (least, most) = (least - room, most + room);

        double Place(double at) => Math.Clamp((at - least) / (most - least), 0, 1);
        (double, double)? allowed = low is null && high is null ? null : (low is { } from ? Place(from) : 0, high is { } to ? Place(to) : 1);
        var words = string.Create(CultureInfo.InvariantCulture, $"{value:0.####}, {(line.Limit is null ? "no limit" : $"limit {line.Limit}")}");
        return new LimitAxis(Place(value), allowed, words);
    }

    /// <summary>The ends of a limit that is written in words.</summary>
    /// <param name="limit">As verdicts say it, for example <c>0.01..0.9</c> or <c>&lt;= 0.2</c>; null for none.</param>
    /// <returns>Null for an open end.</returns>
    public static (double? Low, double? High) Bounds(string? limit)
    {
        if (limit is null) return (null, null);
        if (limit.StartsWith(Absolute, StringComparison.Ordinal) && Number(limit[Absolute.Length..]) is { } reach) return (-reach, reach);
        if (limit.StartsWith(AtMost, StringComparison.Ordinal)) return (null, Number(limit[AtMost.Length..]));
        if (limit.StartsWith(AtLeast, StringComparison.Ordinal)) return (Number(limit[AtLeast.Length..]), null);

        var at = limit.IndexOf(Range, StringComparison.Ordinal);
        return at < 0 ? (null, null) : (Number(limit[..at]), Number(limit[(at + Range.Length)..]));
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
