using Curation.Dataset.Storage;

namespace Curation.Dataset;

/// <summary>Opens stores of one kind of address, such as <c>azblob://</c>. Register one to add a kind.</summary>
public interface IDatasetStoreProvider
{
    /// <summary>Opens the store of an address.</summary>
    /// <param name="address">What the user wrote.</param>
    /// <returns>Null where the address is of another kind.</returns>
    IDatasetStore? TryOpen(string address);
}
