using System.Globalization;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>Bars of 100 units. Their widths are SVG attributes: the page's security policy forbids style attributes.</summary>
internal static class Bars
{
    /// <summary>Kept, held and rejected clips as parts of a whole bar.</summary>
    public static BarView Outcomes(OutcomeTally tally) => Make(tally.Retained, tally.Held, tally.Rejected, tally.Clips);

    /// <summary>What is left and what goes, against a whole that may be more than both.</summary>
    public static BarView Lost(long left, long lost, long whole) => Make(left, 0, lost, whole);

    /// <summary>What is held, drawn behind what is kept.</summary>
    public static BarView Held(long kept, long held, long whole) => Make(kept, held, 0, whole);

    private static BarView Make(long kept, long held, long lost, long whole)
    {
        var scale = whole == 0 ? 0 : 100.0 / whole;
        return new BarView(
            Width(kept * scale), Width(held * scale), Width(lost * scale), Width(kept * scale), Width((kept + held) * scale),
            $"{Words.Count(kept)} retained, {Words.Count(held)} held, {Words.Count(lost)} rejected");
    }

    private static string Width(double units) => units.ToString("0.###", CultureInfo.InvariantCulture);
}
