namespace Curation.Pipeline.Scratch;

/// <summary>The files that this silo keeps for a while: downloaded sources, and clips on their way to a store that is no folder.</summary>
/// <remarks>
/// Clips have a purse of their own: a source holds its bytes while its clips are cut, so out of one purse sources could
/// wait for clips that wait for sources.
/// </remarks>
public sealed class ScratchSpace : IDisposable
{
    private const int ClipShare = 8;
    private const long MostForClips = 4L << 30;

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
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bytes, ClipShare);

        _options = options;
        var clips = Math.Min(options.Bytes / ClipShare, MostForClips);
        Clips = new ByteBudget(clips);
        Sources = new ByteBudget(options.Bytes - clips);
    }

    /// <summary>Bytes for downloaded sources: all but those for clips.</summary>
    public ByteBudget Sources { get; }

    /// <summary>Bytes for clips being cut: an eighth of all, at most 4 GiB. Uncalibrated.</summary>
    public ByteBudget Clips { get; }

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
    /// <param name="budget"><see cref="Sources"/> or <see cref="Clips"/>.</param>
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
