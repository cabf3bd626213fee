namespace Curation.Models.Checkpoints;

/// <summary>One of torch.save's two containers: what the pickle said, and where the storages are.</summary>
internal interface IStorageFile
{
    /// <summary>What the pickle holds, in the types of the Pickling folder.</summary>
    object? Root { get; }

    /// <returns>The place of a storage; null where the file has none of that name.</returns>
    StoragePlace? Find(string key);
}
