using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Scratch;

/// <summary>The files that this silo keeps for a while: downloaded sources, time lines of long ones, and clips on their way to a store that is no folder.</summary>
/// <remarks>
/// What is made of sources has a purse of its own: a source holds its bytes while it is decoded and while its clips are cut, so
/// out of one purse sources could wait for what waits for sources. Whoever has something out of that purse waits for nothing.
/// </remarks>
public sealed class ScratchSpace : IDisposable
{
    private const int WorkShare = 8;
    private const long MostForWork = 4L << 30;

    private readonly Lock _lock = new();
    private readonly ScratchOptions _options;
    private ScratchFolder? _folder;
    private bool _disposed;

    /// <summary>A scratch space; its folder is made when it is first needed.</summary>
    /// <param name="options">Where and how much.</param>
    public ScratchSpace(ScratchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bytes, WorkShare);

        _options = options;
        var work = Math.Min(options.Bytes / WorkShare, MostForWork);
        Work = new ByteBudget(work);
        Sources = new ByteBudget(options.Bytes - work);
    }

    /// <summary>Bytes for downloaded sources: all but those for work on them.</summary>
    public ByteBudget Sources { get; }

    /// <summary>Bytes for clips being cut and for time lines of sources being decoded: an eighth of all, at most 4 GiB. Uncalibrated: the time lines of an hour take about 1 GiB.</summary>
    public ByteBudget Work { get; }

    /// <summary>Makes the folder, and deletes what processes left there that are gone.</summary>
    /// <returns>Full path of this process's folder.</returns>
    /// <exception cref="StoreUnavailableException">The folder cannot be made.</exception>
    public string Prepare()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return (_folder ??= ScratchFolder.Take(Path.GetFullPath(_options.Folder))).Path;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new StoreUnavailableException($"the scratch folder {_options.Folder} cannot be used: {error.Message}", error);
            }
        }
    }

    /// <summary>Waits for room and names a file.</summary>
    /// <param name="budget"><see cref="Sources"/> or <see cref="Work"/>.</param>
    /// <param name="bytes">Bytes it will take.</param>
    /// <param name="extension">Of the name, with its dot; empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Dispose it when the file is no longer needed.</returns>
    /// <exception cref="StoreUnavailableException">The folder cannot be made.</exception>
    public async Task<ScratchLease> TakeAsync(ByteBudget budget, long bytes, string extension, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(budget);

        var folder = Prepare();
        var share = await budget.TakeAsync(bytes, cancellationToken);
        return new ScratchLease(Path.Combine(folder, Guid.NewGuid().ToString("N") + extension), share);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _folder?.Dispose();
            _folder = null;
        }
    }
}
