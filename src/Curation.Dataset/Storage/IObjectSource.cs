namespace Curation.Dataset.Storage;

/// <summary>A store of objects that sources are read from, such as blobs. Register one to add a kind of address.</summary>
/// <remarks>Only reads, and only what every object store has: listings in the order of names, properties, and ranges of one version.</remarks>
public interface IObjectSource
{
    /// <summary>Whether an address is of this store's kind, by its scheme alone.</summary>
    /// <param name="address">What the user wrote.</param>
    /// <returns>True where the other members take it, or say what is wrong with it.</returns>
    bool Knows(string address);

    /// <summary>Lists the objects below an address lazily and in the order of their names. The memory does not depend on how many there are.</summary>
    /// <param name="address">A container, or a folder in it; whole parts of names only: <c>a/b</c> lists <c>a/b/c</c> but not <c>a/bc</c>.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The objects; none where there is no such folder.</returns>
    /// <exception cref="ArgumentException">The address is not well formed.</exception>
    /// <exception cref="DatasetException">The store could not be read.</exception>
    IAsyncEnumerable<SourceObject> ListAsync(string address, CancellationToken cancellationToken = default);

    /// <summary>Looks at one object without reading it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The object; null where there is none, also where the address is that of a folder.</returns>
    /// <exception cref="ArgumentException">The address is not well formed.</exception>
    /// <exception cref="DatasetException">The store could not be read.</exception>
    Task<SourceObject?> FindAsync(string address, CancellationToken cancellationToken = default);

    /// <summary>Copies one version of an object into a file. Interrupted reads go on where they stopped, and never mix two versions.</summary>
    /// <param name="address">The object's address.</param>
    /// <param name="eTag">The version to read; null for the one that is there now.</param>
    /// <param name="file">Full path of the file; replaced where it exists, and deleted where the download fails.</param>
    /// <param name="maxBytes">The largest size that is taken; nothing is read of a larger object.</param>
    /// <param name="progress">Told how many bytes have been written so far; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">The address is not well formed.</exception>
    /// <exception cref="DatasetException">The object is gone, has changed or is too large, the store cannot be read, or the disk is full.</exception>
    Task<DownloadedObject> DownloadAsync(string address, string? eTag, string file, long maxBytes, IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}
