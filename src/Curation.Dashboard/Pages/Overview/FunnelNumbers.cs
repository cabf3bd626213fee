using Curation.Dataset.Snapshots;
using Curation.Grains;

namespace Curation.Dashboard.Pages.Overview;

/// <summary>A funnel's numbers, of a snapshot or of a run that goes on.</summary>
/// <param name="Sources">Sources that are through.</param>
/// <param name="Quarantined">Of these, in quarantine.</param>
/// <param name="Clips">Clips that the others gave.</param>
/// <param name="Rejected">Of these, rejected.</param>
/// <param name="Held">Of these, held.</param>
/// <param name="Retained">Of these, retained.</param>
/// <param name="ByFilter">Rejected clips by the first filter that turned them away, the most first.</param>
/// <param name="BySplit">Retained clips by split, the most first.</param>
public sealed record FunnelNumbers(
    int Sources, int Quarantined, long Clips, long Rejected, long Held, long Retained, IReadOnlyList<KeyValuePair<string, long>> ByFilter, IReadOnlyList<KeyValuePair<string, long>> BySplit)
{
    /// <summary>Hours of retained clips by split; empty where they are not known.</summary>
    public IReadOnlyDictionary<string, double> HoursBySplit { get; init; } = new Dictionary<string, double>();

    /// <summary>Of a snapshot.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <returns>Its numbers.</returns>
    public static FunnelNumbers Of(SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var funnel = manifest.Funnel;
        return new FunnelNumbers(funnel.Sources, funnel.Quarantined, funnel.Clips, funnel.Rejected, funnel.Held, funnel.Retained, Sorted(funnel.ByFilter), Sorted(funnel.BySplit)) { HoursBySplit = manifest.Hours.BySplit };
    }

    /// <summary>Of a run.</summary>
    /// <param name="progress">The run.</param>
    /// <returns>Its numbers so far.</returns>
    public static FunnelNumbers Of(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var counts = progress.Counts;
        return new FunnelNumbers(
            counts.Sources, counts.Quarantined, counts.Clips, counts.Rejected, counts.Held, counts.Retained,
            Sorted(counts.ByFilter.Select(entry => KeyValuePair.Create(entry.Key, (long)entry.Value))), Sorted(counts.BySplit.Select(entry => KeyValuePair.Create(entry.Key, (long)entry.Value))));
    }

    private static IReadOnlyList<KeyValuePair<string, long>> Sorted(IEnumerable<KeyValuePair<string, long>> counts) =>
        [.. counts.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
}
