using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Calibration;

/// <summary>Reads what a policy looks at from the rows of a snapshot.</summary>
public static class MeasuredClipsReader
{
    /// <summary>Reads all clips of a snapshot.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="policy">The policy; measurements that it does not name are not read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The clips.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<MeasuredClips> ReadAsync(IDatasetStore store, SnapshotManifest manifest, Policy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);

        var names = Measurements(policy);
        var table = await ClipTable.LoadAsync(store, manifest, names, cancellationToken).ConfigureAwait(false);
        return new MeasuredClips(table.Ids, table.Splits, table.Seconds, names.ToDictionary(name => name, name => new MeasurementColumn(table.Values(name), table.States(name))));
    }

    /// <summary>The measurements that a policy looks at: those of its limits, and those that say how far they can be trusted.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>Names, each once.</returns>
    public static IReadOnlyCollection<string> Measurements(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);

        var names = policy.Limits.Select(limit => limit.Name).ToHashSet(StringComparer.Ordinal);
        names.UnionWith(policy.Limits.Where(limit => limit.MinConfidence is not null).Select(limit => MeasurementCatalog.Get(limit.Name).ConfidenceName).OfType<string>());
        return names;
    }
}
