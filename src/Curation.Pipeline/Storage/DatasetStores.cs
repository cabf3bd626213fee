using System.Collections.Concurrent;
using Curation.Dataset;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Storage;

/// <summary>The data sets that this silo writes, opened once each, however a run spells its address.</summary>
/// <param name="opener">Opens them.</param>
public sealed class DatasetStores(DatasetOpener opener)
{
    private readonly ConcurrentDictionary<string, IDatasetStore> _stores = new(StringComparer.Ordinal);

    /// <summary>The store of a data set. Its own failures come as <see cref="StoreUnavailableException"/>.</summary>
    /// <param name="address">A folder, or an address of another kind of store.</param>
    /// <returns>The store; nothing is read or made yet.</returns>
    /// <exception cref="ArgumentException">No kind of store knows the address.</exception>
    public IDatasetStore Of(string address) => _stores.GetOrAdd(DatasetAddress.Normalise(address), place => new GuardedStore(opener.Open(place).Store));

    /// <summary>The folder that a store is, for programs that need files.</summary>
    /// <param name="store">From <see cref="Of"/>.</param>
    /// <returns>Null where the store is no folder of this machine.</returns>
    public static LocalDatasetStore? AsFolder(IDatasetStore store) => (store is GuardedStore guarded ? guarded.Inner : store) as LocalDatasetStore;
}
