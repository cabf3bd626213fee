using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Planning;

/// <summary>Compares the sample's measurements with those of an earlier snapshot.</summary>
/// <remarks>
/// Smirnov's test for each measurement, with Bonferroni's correction for their number. Clips of one source are alike, so sources are counted
/// as independent and not clips: with few sources only large moves are told, and a move that is told is no chance.
/// </remarks>
public static class DriftCheck
{
    // One measurement among all moves by chance with this probability at most.
    private const double Risk = 0.05;

    // Below it the approximation of the test does not hold.
    private const int LeastSources = 5;

    // A million clips take some 170 MB at a time. Uncalibrated.
    private const int ColumnsAtOnce = 8;

    /// <summary>Compares.</summary>
    /// <param name="store">The earlier data set.</param>
    /// <param name="manifest">Its snapshot.</param>
    /// <param name="policy">The policy of the plan.</param>
    /// <param name="sources">The sample.</param>
    /// <param name="weights">How many sources each of them stands for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was compared.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<DriftReport> CompareAsync(
        IDatasetStore store, SnapshotManifest manifest, Policy policy, IReadOnlyList<SampledSource> sources, IReadOnlyList<double> weights, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(weights);

        var notes = new List<string>();
        var samePolicy = manifest.Policy.Sha256 == policy.Sha256;
        if (!samePolicy) notes.Add($"the snapshot was judged by another policy ('{manifest.Policy.Name}'), so the retained shares are not compared");
        if (manifest.PipelineVersion != PipelineVersion.Current) notes.Add($"the snapshot was measured by pipeline version {manifest.PipelineVersion}, and this is {PipelineVersion.Current}: a move may be one of methods");

        var earlier = await MeasurementSummary.LoadAsync(store, manifest, cancellationToken);
        var common = earlier.Select(summary => summary.Name).Where(name => sources.Count(source => source.Measured.ContainsKey(name)) >= LeastSources).ToList();
        if (common.Count < earlier.Count) notes.Add(string.Create(null, $"{earlier.Count - common.Count} of {earlier.Count} measurements have values in fewer than {LeastSources} sampled sources and are not compared"));

        var compared = new List<MeasurementDrift>();
        foreach (var names in common.Chunk(ColumnsAtOnce))
        {
            var table = await ClipTable.LoadAsync(store, manifest, names, cancellationToken);
            compared.AddRange(names.Select(name => Compare(name, [.. table.Values(name).Where(value => !double.IsNaN(value))], Math.Max(1, manifest.Funnel.Sources - manifest.Funnel.Quarantined - manifest.Funnel.Duplicates), sources, weights, common.Count)));
        }

        return new DriftReport(store.Address, manifest.Id, compared, samePolicy && manifest.Funnel.Clips > 0 ? (double)manifest.Funnel.Retained / manifest.Funnel.Clips : null, notes);
    }

    /// <summary>Compares one measurement.</summary>
    /// <param name="name">The measurement.</param>
    /// <param name="earlier">Its values in the snapshot; not empty.</param>
    /// <param name="earlierSources">From how many sources they are.</param>
    /// <param name="sources">The sample; at least one source has values.</param>
    /// <param name="weights">How many sources each of them stands for.</param>
    /// <param name="compared">Measurements that are compared.</param>
    /// <returns>How it lies.</returns>
    public static MeasurementDrift Compare(string name, IReadOnlyList<double> earlier, int earlierSources, IReadOnlyList<SampledSource> sources, IReadOnlyList<double> weights, int compared)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(weights);

        var now = sources.Zip(weights).SelectMany(entry => entry.First.Measured.GetValueOrDefault(name, []).Select(value => (Value: value, Weight: entry.Second))).OrderBy(entry => entry.Value).ToArray();
        var before = earlier.Order().ToArray();
        var gap = SmirnovTest.Gap(now, before.Select(value => (value, 1.0)));
        var probability = SmirnovTest.Probability(gap, sources.Count(source => source.Measured.ContainsKey(name)), Math.Min(earlierSources, before.Length));
        return new MeasurementDrift(
            name, MeasurementCatalog.Get(name).Unit, Median([.. before.Select(value => (value, 1.0))]), Median(now), gap, Dominance(now, before), probability, probability < Risk / compared);
    }

    private static double Median((double Value, double Weight)[] sorted)
    {
        var half = sorted.Sum(entry => entry.Weight) / 2;
        var below = 0.0;
        foreach (var (value, weight) in sorted)
        {
            below += weight;
            if (below >= half) return value;
        }

        return sorted[^1].Value;
    }

    private static double Dominance((double Value, double Weight)[] now, double[] before)
    {
        var (below, upTo, sum) = (0, 0, 0.0);
        foreach (var (value, weight) in now)
        {
            while (below < before.Length && before[below] < value) below++;
            while (upTo < before.Length && before[upTo] <= value) upTo++;
            sum += weight * (below - (before.Length - upTo));
        }

        return sum / (now.Sum(entry => entry.Weight) * before.Length);
    }
}
