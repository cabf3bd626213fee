using Curation.Clips;
using Curation.Dataset.Fragments;

namespace Curation.Dataset.Snapshots;

/// <summary>Adds up the funnel and the hours of a snapshot.</summary>
internal sealed class FunnelCounter
{
    private const double SecondsPerHour = 3600;

    private readonly SortedDictionary<string, long> _byFilter = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _unmeasured = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _bySplit = SplitNames.All.ToDictionary(split => split, _ => 0L);
    private readonly Dictionary<string, double> _secondsBySplit = SplitNames.All.ToDictionary(split => split, _ => 0.0);
    private int _sources;
    private int _quarantined;
    private int _duplicates;
    private long _held;
    private double _media;
    private double _heldSeconds;
    private double _rejectedSeconds;

    /// <summary>Counts a source whose content another source has already brought.</summary>
    public void AddDuplicate()
    {
        _sources++;
        _duplicates++;
    }

    /// <summary>Counts a source.</summary>
    public void Add(FragmentSummary summary)
    {
        _sources++;
        if (summary.Quarantined) _quarantined++;
        _held += summary.Held;
        _media += summary.MediaSeconds;
        _heldSeconds += summary.HeldSeconds;
        _rejectedSeconds += summary.RejectedSeconds;
        foreach (var (filter, count) in summary.Rejected) _byFilter[filter] = _byFilter.GetValueOrDefault(filter) + count;
        foreach (var (name, count) in summary.Unmeasured) _unmeasured[name] = _unmeasured.GetValueOrDefault(name) + count;
        foreach (var (split, count) in summary.Retained) _bySplit[split] += count;
        foreach (var (split, seconds) in summary.RetainedSeconds) _secondsBySplit[split] += seconds;
    }

    /// <summary>The counts.</summary>
    public ManifestFunnel Funnel()
    {
        var (retained, rejected) = (_bySplit.Values.Sum(), _byFilter.Values.Sum());
        return new ManifestFunnel
        {
            Sources = _sources,
            Quarantined = _quarantined,
            Duplicates = _duplicates,
            Clips = retained + _held + rejected,
            Retained = retained,
            Held = _held,
            Rejected = rejected,
            ByFilter = _byFilter,
            BySplit = _bySplit,
            Unmeasured = _unmeasured,
        };
    }

    /// <summary>The hours.</summary>
    public ManifestHours Hours() => new()
    {
        Media = _media / SecondsPerHour,
        Retained = _secondsBySplit.Values.Sum() / SecondsPerHour,
        Held = _heldSeconds / SecondsPerHour,
        Rejected = _rejectedSeconds / SecondsPerHour,
        BySplit = _secondsBySplit.ToDictionary(pair => pair.Key, pair => pair.Value / SecondsPerHour),
    };
}
