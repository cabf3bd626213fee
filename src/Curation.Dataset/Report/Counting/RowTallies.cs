using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Report.Counting;

/// <summary>All that a report keeps of the rows. Its size depends on the number of sources, not on the number of clips.</summary>
internal sealed class RowTallies
{
    /// <summary>The name under which lengths are counted; they are no measurement of the catalogue.</summary>
    public const string Length = "duration_s";

    /// <summary>A bound for names that come from rows and that neither the policy nor the catalogue knows.</summary>
    private const int MostNames = 256;

    private readonly Dictionary<string, int> _splitPlaces = [];

    /// <summary>Starts empty.</summary>
    public RowTallies(Policy policy)
    {
        Policy = policy;
        Filters.Add(PolicyJudge.TooShort, new FilterTally());
        foreach (var limit in policy.Limits) Filters.TryAdd(limit.Name, new FilterTally());

        Measurements.Add(Length, new MeasurementTally(new Limit(PolicyJudge.TooShort) { Min = policy.ClipMin.TotalSeconds }));
        foreach (var definition in MeasurementCatalog.All)
        {
            Measurements.Add(definition.Name, new MeasurementTally(policy.Limits.FirstOrDefault(limit => limit.Name == definition.Name)));
        }

        foreach (var name in SplitNames.All)
        {
            _splitPlaces.Add(name, Splits.Count);
            Splits.Add((name, new OutcomeTally()));
        }

        _splitPlaces.Add(string.Empty, Splits.Count);
        Splits.Add((string.Empty, new OutcomeTally()));
    }

    /// <summary>The policy the rows were judged by.</summary>
    public Policy Policy { get; }

    /// <summary>All clips.</summary>
    public OutcomeTally All { get; } = new();

    /// <summary>Clips by split in the order reports show them; the last is for clips whose split could not be told.</summary>
    public List<(string Name, OutcomeTally Tally)> Splits { get; } = [];

    /// <summary>Filters in the policy's order, then any other that the rows name.</summary>
    public OrderedDictionary<string, FilterTally> Filters { get; } = [];

    /// <summary>Length, then every measurement of the catalogue.</summary>
    public OrderedDictionary<string, MeasurementTally> Measurements { get; } = [];

    /// <summary>Clips by source.</summary>
    public SourceTallies Sources { get; } = new();

    /// <summary>Sources that could not be processed.</summary>
    public QuarantineTallies Quarantine { get; } = new();

    /// <summary>Clips to show.</summary>
    public ExampleReservoir Examples { get; } = new();

    /// <summary>Counts one clip.</summary>
    public void Add(ClipRecord clip)
    {
        All.Add(clip);
        Splits[_splitPlaces[clip.Split?.ToName() ?? string.Empty]].Tally.Add(clip);
        Sources.Add(clip.SourceUri, clip.Outcome == ClipOutcome.Rejected);
        Examples.Offer(clip);

        var rejections = clip.Verdicts.Count(verdict => verdict.Outcome == VerdictOutcome.Reject);
        foreach (var verdict in clip.Verdicts) FilterNamed(verdict.Filter)?.Add(clip, verdict, rejections);
        if (clip is { Outcome: ClipOutcome.Rejected, RejectedBy: { } first }) FilterNamed(first)?.AddFirst();

        Measurements[Length].Add(clip.Span.Duration.TotalSeconds);
        foreach (var measurement in clip.Measurements)
        {
            if (!Measurements.TryGetValue(measurement.Name, out var tally)) continue;
            tally.Add(measurement, clip.Verdicts.FirstOrDefault(verdict => verdict.Filter == measurement.Name));
        }
    }

    private FilterTally? FilterNamed(string name)
    {
        if (!Filters.TryGetValue(name, out var tally) && Filters.Count < MostNames) Filters.Add(name, tally = new FilterTally());
        return tally;
    }
}
