using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>A histogram for every measurement, with the policy's limits.</summary>
internal static class MeasurementSection
{
    private const int MostReasonsShown = 4;

    private static readonly MeasurementDefinition Length =
        new(RowTallies.Length, "s", 0, null, "Length", "How long the clip lasts on its source's clock.", MeasurementGroup.Picture) { TooLow = "too short", TooHigh = "too long" };

    /// <summary>Composes the groups.</summary>
    public static IReadOnlyList<MeasurementGroupView> From(RowTallies rows) =>
    [
        Group("Clip", [Length], rows),
        .. Enum.GetValues<MeasurementGroup>().Select(group =>
            Group(group.ToString(), MeasurementCatalog.All.Where(definition => definition.Group == group), rows)),
    ];

    private static MeasurementGroupView Group(string title, IEnumerable<MeasurementDefinition> definitions, RowTallies rows)
    {
        var charts = new List<HistogramView>();
        var without = new List<FactView>();
        foreach (var definition in definitions)
        {
            var tally = rows.Measurements[definition.Name];
            if (HistogramChart.Draw(tally, definition) is { } chart)
            {
                charts.Add(Describe(definition, tally, chart, rows));
            }
            else
            {
                without.Add(new FactView(definition.Title, WhyNot(tally, rows.All.Clips)));
            }
        }

        return new MeasurementGroupView(title, charts, without);
    }

    private static HistogramView Describe(MeasurementDefinition definition, MeasurementTally tally, ChartView chart, RowTallies rows)
    {
        var ordered = ValueSketch.Merge(tally.Passed, tally.TooLow, tally.TooHigh, tally.Unjudged);
        var absent = rows.All.Clips - tally.Measured - tally.NotApplicable;
        var missing = new List<string>();
        if (absent > 0) missing.Add($"{Words.Count(absent)} unmeasured");
        if (tally.NotApplicable > 0) missing.Add($"{Words.Count(tally.NotApplicable)} not applicable");

        return new HistogramView(
            definition.Title,
            definition.Name,
            Words.Unit(definition.Unit).Trim(),
            definition.Description,
            tally.Limit is null ? "none" : Words.Bounds(tally.Limit, definition.Unit),
            tally.Limit is null ? string.Empty : LimitNote(tally.Limit, definition),
            chart,
            Sides(definition, tally),
            $"median {Words.Quantity(ValueSketch.Quantile(ordered, 0.5)!.Value, definition.Unit)}, 90 % between {Words.Number(ValueSketch.Quantile(ordered, 0.05)!.Value)} and {Words.Quantity(ValueSketch.Quantile(ordered, 0.95)!.Value, definition.Unit)}",
            string.Join(", ", missing),
            Reasons(tally, absent - tally.Unmeasured));
    }

    private static List<SideView> Sides(MeasurementDefinition definition, MeasurementTally tally)
    {
        if (tally.Limit is not { } limit) return [new SideView("other", Words.Count(tally.Measured), "measured")];

        var sides = new List<SideView> { new("kept", Words.Count(tally.Passed.Count), "within") };
        if (limit.Min is not null || limit.MaxAbs is not null) sides.Add(new SideView("lost", Words.Count(tally.TooLow.Count), definition.TooLow ?? "below"));
        if (limit.Max is not null || limit.MaxAbs is not null) sides.Add(new SideView("lost", Words.Count(tally.TooHigh.Count), definition.TooHigh ?? "above"));
        if (tally.Unjudged.Count > 0) sides.Add(new SideView("other", Words.Count(tally.Unjudged.Count), "not judged"));
        return sides;
    }

    private static string LimitNote(Limit limit, MeasurementDefinition definition)
    {
        var notes = new List<string>();
        if (limit.For.Count > 0) notes.Add("for " + string.Join(", ", limit.For.Select(split => split.ToName())));
        if (limit.MinConfidence is { } confidence) notes.Add($"where {MeasurementCatalog.Find(definition.ConfidenceName ?? string.Empty)?.Title.ToLowerInvariant() ?? "confidence"} is at least {Words.Exact(confidence)}");
        return string.Join("; ", notes);
    }

    private static List<FactView> Reasons(MeasurementTally tally, long withoutRow)
    {
        var reasons = tally.Reasons.Ordered();
        var shown = reasons.Take(MostReasonsShown).Select(pair => new FactView(Words.Running(pair.Key), Words.Count(pair.Value))).ToList();
        if (reasons.Skip(MostReasonsShown).Sum(pair => pair.Value) is > 0 and var rest) shown.Add(new FactView("other reasons", Words.Count(rest)));
        if (withoutRow > 0) shown.Add(new FactView("not reached: rejected before it was measured", Words.Count(withoutRow)));
        return shown;
    }

    private static string WhyNot(MeasurementTally tally, long clips)
    {
        var reasons = Reasons(tally, 0).Select(reason => $"{reason.Name} ({reason.Value})").ToList();
        if (tally.NotApplicable > 0) reasons.Add($"not applicable ({Words.Count(tally.NotApplicable)})");
        if (clips - tally.Unmeasured - tally.NotApplicable is > 0 and var rest) reasons.Add($"not recorded ({Words.Count(rest)})");
        return string.Join(", ", reasons);
    }
}
