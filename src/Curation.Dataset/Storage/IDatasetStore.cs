namespace Curation.Dataset.Storage;

/// <summary>Where a data set lies: a folder, or a container of blobs. Paths are relative, use forward slashes and never leave the data set.</summary>
/// <remarks>The interface asks only for what every object store has: whole-object puts, one conditional put, and listings by prefix.</remarks>
public interface IDatasetStore
{
    /// <summary>The address for people: a folder, or an URI.</summary>
    string Address { get; }

    /// <summary>The file of this machine that a path stands for, for programs that need one.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Null where objects are no files here; the file need not exist.</returns>
    string? FileOf(string path) => null;

    /// <summary>Reads a small object.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Content and version; null where there is no such object.</returns>
    ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Writes a small object whole, replacing what was there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Stops before the object is visible.</param>
    /// <returns>Completes when it is durable.</returns>
    ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Writes a small object whole if nobody has changed it since it was read.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="expectedETag">The version that was read; null where it must not exist yet.</param>
    /// <param name="cancellationToken">Stops before the object is visible.</param>
    /// <returns>False where somebody else was faster; nothing is changed then.</returns>
    ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Starts to write an object of any size.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The write; commit it to make the object visible.</returns>
    ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Opens an object of any size.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>A seekable stream that the caller disposes; null where there is no such object.</returns>
    ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Whether an object is there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>True where it is.</returns>
    ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Lists the objects of a folder and the folders below it, lazily and in no order. Unfinished writes are not listed.</summary>
    /// <param name="folder">A folder's path; empty for everything.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The objects; none where there is no such folder.</returns>
    IAsyncEnumerable<StoredEntry> ListAsync(string folder, CancellationToken cancellationToken = default);

    /// <summary>Gives an object another path, replacing what is there. Does nothing where the object is gone.</summary>
    /// <param name="fromPath">Its path now.</param>
    /// <param name="toPath">Its path from now on.</param>
    /// <param name="cancellationToken">Stops before the move.</param>
    /// <returns>Completes when it has moved.</returns>
    ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object. Does nothing where it is gone.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cancellationToken">Stops before the deletion.</param>
    /// <returns>Completes when it is gone.</returns>
    ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default);
}
