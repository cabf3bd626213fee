using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>What must not be overlooked: a run that kept nothing, and where to look first.</summary>
internal static class BannerSection
{
    /// <summary>Composes the banner; null where something was kept.</summary>
    public static BannerView? From(RowTallies rows, long sources)
    {
        var all = rows.All;
        if (all.Retained > 0) return null;
        if (all.Clips == 0) return WithoutClips(rows, sources);

        var (name, tally) = all.Held > all.Rejected
            ? rows.Filters.MaxBy(pair => pair.Value.Held)
            : rows.Filters.MaxBy(pair => pair.Value.InAll);
        return all.Held > all.Rejected ? Held(rows, name, tally) : Rejected(rows, name, tally);
    }

    private static BannerView WithoutClips(RowTallies rows, long sources) => (sources, rows.Quarantine.Count) switch
    {
        (0, _) => new("There was nothing to curate", ["No source was found. Check the input: a file, a folder, a list of addresses or a storage prefix."], []),
        var (listed, quarantined) when quarantined >= listed => new(
            "No source could be processed",
            [$"{Words.Count(quarantined, "source is", "sources are")} in quarantine. The reasons stand below; the first of them is the place to start."],
            []),
        _ => new("No clips were cut", ["The sources could be read, but no scene was found in them."], []),
    };

    private static BannerView Held(RowTallies rows, string name, FilterTally tally)
    {
        var slot = MeasurementCatalog.Find(name)?.Slot;
        return new BannerView(
            "Nothing was retained: the clips are waiting",
            [
                $"{Words.Count(rows.All.Held)} of {Words.Count(rows.All.Clips, "clip", "clips")} are held because a measurement that the policy asks for could not be made.",
                $"Look first at {Words.Filter(name)}: {Words.Count(tally.Held, "clip lacks", "clips lack")} it"
                    + (slot is null ? "." : $", because the model slot {slot} has no model.")
                    + $" Give it a model, or say in the policy what to do without: {name}: {{ unmeasured: pass }}.",
            ],
            slot is null ? [] : ["./curate models list", "./curate run --input SRC --output DST --models DIR"]);
    }

    private static BannerView Rejected(RowTallies rows, string name, FilterTally tally)
    {
        var all = rows.All;
        var unit = MeasurementCatalog.Find(name)?.Unit ?? "s";
        var limit = name == PolicyJudge.TooShort
            ? new Limit(name) { Min = rows.Policy.ClipMin.TotalSeconds }
            : rows.Policy.Limits.FirstOrDefault(candidate => candidate.Name == name);
        var lines = new List<string>
        {
            $"Look first at {Words.Filter(name)}"
                + (limit is null ? string.Empty : $" (limit {Words.Bounds(limit, unit)})")
                + $": it turns away {Words.Count(tally.InAll)} of {Words.Count(all.Clips, "clip", "clips")}, and {Words.Count(tally.Only)} of them fail nothing else.",
        };
        if (Typical(rows, name) is { } typical) lines.Add($"Half of the clips lie below {Words.Quantity(typical, unit)}, half above.");

        return new BannerView(
            "Nothing was retained",
            lines,
            ["./curate calibrate --dataset DST --retain 0.27", "./curate rejudge --dataset DST --policy FILE"]);
    }

    private static double? Typical(RowTallies rows, string name)
    {
        var tally = rows.Measurements.GetValueOrDefault(name == PolicyJudge.TooShort ? RowTallies.Length : name);
        return tally is null ? null : ValueSketch.Quantile(ValueSketch.Merge(tally.Passed, tally.TooLow, tally.TooHigh, tally.Unjudged), 0.5);
    }
}
