using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>From sources to retained clips, filter by filter in the policy's order.</summary>
internal static class FunnelSection
{
    /// <summary>Composes the funnel.</summary>
    public static FunnelView From(RowTallies rows, long sources)
    {
        var all = rows.All;
        var left = all.Clips;
        var shown = new List<FunnelRowView>();
        foreach (var (name, tally) in rows.Filters)
        {
            left -= tally.First;
            shown.Add(new FunnelRowView(
                Words.Filter(name),
                Words.Visible(name),
                LimitOf(rows.Policy, name),
                Bars.Lost(left, tally.First, all.Clips),
                Words.Count(left),
                Minus(tally.First),
                Words.Count(tally.InAll),
                Words.Count(tally.Only),
                tally.InAll == 0));
        }

        return new FunnelView(
            Words.Count(sources),
            Words.Count(all.Clips),
            shown,
            Words.Count(all.Clips - all.Rejected),
            Minus(all.Held),
            Bars.Held(all.Retained, all.Held, all.Clips),
            Words.Count(all.Retained),
            Bars.Held(all.Retained, 0, all.Clips),
            Quiet(shown));
    }

    private static string LimitOf(Policy policy, string name)
    {
        if (name == PolicyJudge.TooShort) return $"≥\u00a0{Words.Exact(policy.ClipMin.TotalSeconds)} s";

        var limit = policy.Limits.FirstOrDefault(candidate => candidate.Name == name);
        return limit is null ? "not in this policy" : Words.Bounds(limit, MeasurementCatalog.Find(name)?.Unit ?? string.Empty);
    }

    private static string Minus(long count) => count == 0 ? "0" : "−" + Words.Count(count);

    private static string Quiet(List<FunnelRowView> rows)
    {
        var idle = rows.Count(row => row.Idle);
        return idle == 0 ? string.Empty : $"{Words.Count(idle, "filter", "filters")} turned nothing away.";
    }
}
