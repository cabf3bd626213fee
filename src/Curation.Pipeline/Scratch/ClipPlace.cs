using Curation.Dataset.Storage;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Scratch;

/// <summary>Where one clip is cut: in its place where the data set is a folder, else in scratch, from where it is uploaded once it is kept.</summary>
public sealed class ClipPlace : IDisposable
{
    private const int CopyBytes = 1 << 20;

    private readonly IDatasetStore _store;
    private readonly string _mediaPath;
    private readonly ScratchLease? _lease;

    private ClipPlace(IDatasetStore store, string mediaPath, string path, ScratchLease? lease)
    {
        _store = store;
        _mediaPath = mediaPath;
        Path = path;
        _lease = lease;
    }

    /// <summary>Full path that the cutter writes to; its folder exists.</summary>
    public string Path { get; }

    /// <summary>Finds the place; waits for room where it lies in scratch.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="mediaPath">The clip's path in it.</param>
    /// <param name="scratch">This silo's scratch files.</param>
    /// <param name="bytes">The most that the clip is expected to take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The place.</returns>
    /// <exception cref="StoreUnavailableException">Nothing can be written there.</exception>
    public static async Task<ClipPlace> OpenAsync(IDatasetStore store, string mediaPath, ScratchSpace scratch, long bytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(scratch);

        if (DatasetStores.AsFolder(store) is { } folder)
        {
            var path = folder.FullPath(mediaPath);
            Guarded(store, () => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!));
            return new ClipPlace(store, mediaPath, path, null);
        }

        var lease = await scratch.TakeAsync(scratch.Work, Math.Min(bytes, scratch.Work.Capacity), System.IO.Path.GetExtension(mediaPath), cancellationToken);
        return new ClipPlace(store, mediaPath, lease.Path, lease);
    }

    /// <summary>Makes the clip part of the data set.</summary>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>Completes when it is durable.</returns>
    /// <exception cref="StoreUnavailableException">It could not be written.</exception>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_lease is null) return;

        try
        {
            await using var clip = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using var write = await _store.OpenWriteAsync(_mediaPath, cancellationToken);
            await clip.CopyToAsync(write.Stream, CopyBytes, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
        catch (Exception error) when (PlaceTrouble.IsOfStore(error))
        {
            throw PlaceTrouble.Explain(_store.Address, error);
        }
    }

    /// <summary>Takes the clip back: it is not part of the data set.</summary>
    public void Discard() => Guarded(_store, () => File.Delete(Path));

    /// <inheritdoc />
    public void Dispose() => _lease?.Dispose();

    private static void Guarded(IDatasetStore store, Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (PlaceTrouble.IsOfStore(error))
        {
            throw PlaceTrouble.Explain(store.Address, error);
        }
    }
}
