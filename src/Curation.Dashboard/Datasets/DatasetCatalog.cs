using System.Collections.Concurrent;
using Curation.Dashboard.Hosting;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Storage;

namespace Curation.Dashboard.Datasets;

/// <summary>The data sets that the dashboard serves: those it was started over, and what the runs of the cluster write.</summary>
/// <param name="options">What it was started over.</param>
/// <param name="stores">Opens them.</param>
/// <param name="runs">Where runs write; null without a cluster.</param>
/// <param name="time">Clock of what is kept.</param>
public sealed class DatasetCatalog(DashboardOptions options, DatasetStores stores, TimeProvider time, IRunOutputs? runs = null)
{
    // A snapshot changes at the end of a run; several pages and browsers ask in the same second.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Looked> _looked = new(StringComparer.Ordinal);

    /// <summary>The data sets, those given at the start first.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>None in a cluster without runs.</returns>
    public async Task<IReadOnlyList<KnownDataset>> ListAsync(CancellationToken cancellationToken = default)
    {
        var written = runs is null ? [] : await runs.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. options.Datasets.Concat(written).Distinct(StringComparer.Ordinal).Select(KnownDataset.Of)];
    }

    /// <summary>Opens a data set.</summary>
    /// <param name="key">Its key; null for the first.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>Null where no such data set is served, or where it has no snapshot yet.</returns>
    /// <exception cref="IOException">It cannot be read now.</exception>
    public async Task<OpenedDataset?> OpenAsync(string? key, CancellationToken cancellationToken = default)
    {
        var known = await ListAsync(cancellationToken).ConfigureAwait(false);
        var asked = key is null ? (known.Count > 0 ? known[0] : null) : known.FirstOrDefault(one => one.Key == key);
        if (asked is null) return null;
        if (_looked.TryGetValue(asked.Key, out var looked) && time.GetElapsedTime(looked.At) < Fresh) return looked.Dataset;

        if (StoreOf(asked) is not { } store) return null;

        var manifest = await new SnapshotReader(store).FindManifestAsync(cancellationToken).ConfigureAwait(false);
        var opened = manifest is null ? null
            : looked?.Dataset is { } before && before.Manifest.Id == manifest.Id ? before
            : new OpenedDataset(asked, store, manifest);
        _looked[asked.Key] = new Looked(opened, time.GetTimestamp());
        return opened;
    }

    // An address of another silo's kind of store is nothing that this one can show.
    private IDatasetStore? StoreOf(KnownDataset known)
    {
        try
        {
            return stores.Of(known.Address);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed record Looked(OpenedDataset? Dataset, long At);
}
