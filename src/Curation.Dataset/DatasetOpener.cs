using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset;

/// <summary>Opens data sets by the address a user wrote.</summary>
/// <param name="providers">The kinds of addresses.</param>
/// <param name="time">Clock of commits.</param>
/// <param name="options">Sizes of shards.</param>
public sealed class DatasetOpener(IEnumerable<IDatasetStoreProvider> providers, TimeProvider time, SnapshotOptions options)
{
    /// <summary>Opens a data set; nothing is read or made yet.</summary>
    /// <param name="address">A folder, a <c>file://</c> address, or what another provider knows.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">No provider knows the address.</exception>
    public CurationDataset Open(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        var store = providers.Select(provider => provider.TryOpen(address)).FirstOrDefault(opened => opened is not null)
            ?? throw new ArgumentException($"'{address}' is not a place for a data set that this program knows.", nameof(address));
        var fragments = new FragmentStore(store);
        return new CurationDataset(store, fragments, new SnapshotWriter(store, fragments, time, options), new SnapshotReader(store));
    }
}
