using Klear.Model.Data;
using Klear.Model.Training.Plans;

namespace Klear.Model.Training;

/// <summary>The clips that a stage trains on.</summary>
internal static class StageClips
{
    /// <summary>All clips, or the best share of them by a measurement.</summary>
    /// <exception cref="ArgumentException">No clip has the measurement.</exception>
    public static IReadOnlyList<LatentEntry> Of(StagePlan stage, IReadOnlyList<LatentEntry> entries)
    {
        if (stage.Best is not { } best) return entries;

        var measured = entries.Where(entry => entry.Measurements.ContainsKey(best.By)).ToList();
        if (measured.Count == 0) throw new ArgumentException($"stage '{stage.Name}' wants the best clips by {best.By}, but none of the {entries.Count} clips has that measurement", nameof(stage));

        var ordered = best.Lowest ? measured.OrderBy(entry => entry.Measurements[best.By]) : measured.OrderByDescending(entry => entry.Measurements[best.By]);
        return [.. ordered.ThenBy(entry => entry.Key, StringComparer.Ordinal).Take((int)Math.Max(1, Math.Ceiling(best.Share * measured.Count)))];
    }
}
