using Curation.Media;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Telemetry;

namespace Curation.Pipeline.Sources;

/// <summary>
/// The files of the sources that this silo works on. A file of this machine is read where it lies; an object is fetched into
/// scratch once, shared by everybody here who works on it, and deleted when the last one is through.
/// </summary>
/// <param name="objects">Where objects come from.</param>
/// <param name="scratch">Where they are kept.</param>
public sealed class SourceMedia(ObjectSources objects, ScratchSpace scratch)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string RunId, string Uri), Fetched> _fetched = [];
    private readonly Dictionary<(string RunId, string Uri), SourceMediaFile> _held = [];

    /// <summary>Makes a source's file available until the answer is disposed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="item">The source; an object with its size and version.</param>
    /// <param name="cancellationToken">Stops the waiting for room and the download.</param>
    /// <returns>The file.</returns>
    /// <exception cref="SourceFailedException">It is gone, has changed, or is larger than the scratch budget.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or scratch not be written.</exception>
    public async Task<SourceMediaFile> OpenAsync(string runId, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.LocalPath is { } path) return new SourceMediaFile(path, null, null);

        var key = (runId, item.Uri);
        Fetched? fetched;
        lock (_lock)
        {
            if (!_fetched.TryGetValue(key, out fetched)) _fetched.Add(key, fetched = new Fetched(stop => StageTraces.InSpanAsync(StageTraces.Fetch, () => FetchAsync(item, stop))));
            fetched.Users++;
        }

        SourceMediaFile? file = null;
        try
        {
            var (lease, sha256) = await fetched.File.WaitAsync(cancellationToken);
            return file = new SourceMediaFile(lease.Path, sha256, () => LeaveAsync(key, fetched));
        }
        finally
        {
            // Whoever does not get the file must not keep it.
            if (file is null) await LeaveAsync(key, fetched);
        }
    }

    /// <summary>As <see cref="OpenAsync"/>, and keeps the file until <see cref="ReleaseAsync"/>. Holding it again changes nothing.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the waiting for room and the download.</param>
    /// <returns>The file; the table disposes it.</returns>
    public async Task<SourceMediaFile> HoldAsync(string runId, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);

        if (Held(runId, item) is { } held) return held;

        var file = await OpenAsync(runId, item, cancellationToken);
        if (item.LocalPath is not null) return file;

        lock (_lock)
        {
            if (_held.TryAdd((runId, item.Uri), file)) return file;

            held = _held[(runId, item.Uri)];
        }

        await file.DisposeAsync();
        return held;
    }

    /// <summary>Digest of a source's content; an object is fetched for it and held.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="MediaException">The file cannot be read.</exception>
    public async Task<string> Sha256Async(string runId, SourceItem item, CancellationToken cancellationToken)
    {
        var file = await HoldAsync(runId, item, cancellationToken);
        return file.Sha256 ?? await ContentDigest.Sha256Async(file.Path, cancellationToken);
    }

    /// <summary>Digest of a source's content where it can be had without fetching the source.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="item">The source.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Null for an object that is not here.</returns>
    /// <exception cref="MediaException">The file cannot be read.</exception>
    public async Task<string?> FindSha256Async(string runId, SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.LocalPath is { } path ? await ContentDigest.Sha256Async(path, cancellationToken) : Held(runId, item)?.Sha256;
    }

    /// <summary>Lets go of what <see cref="HoldAsync"/> keeps. Does nothing where nothing is held.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="item">The source.</param>
    /// <returns>Completes when the file is deleted, unless others still read it.</returns>
    public async Task ReleaseAsync(string runId, SourceItem item)
    {
        ArgumentNullException.ThrowIfNull(item);

        SourceMediaFile? held;
        lock (_lock)
        {
            _held.Remove((runId, item.Uri), out held);
        }

        if (held is not null) await held.DisposeAsync();
    }

    private SourceMediaFile? Held(string runId, SourceItem item)
    {
        lock (_lock)
        {
            return _held.GetValueOrDefault((runId, item.Uri));
        }
    }

    private async Task<(ScratchLease Lease, string Sha256)> FetchAsync(SourceItem item, CancellationToken cancellationToken)
    {
        var size = item.SizeBytes ?? throw new ArgumentException("A source is described before it is fetched.", nameof(item));
        if (size == 0) throw Failed("the object is empty");
        if (size > scratch.Sources.Capacity) throw Failed($"the source takes {size} bytes, more than the {scratch.Sources.Capacity} bytes that scratch has for sources; raise the scratch budget");

        var lease = await scratch.TakeAsync(scratch.Sources, size, MediaExtensions.Of(item.Uri), cancellationToken);
        string? sha256 = null;
        try
        {
            return (lease, sha256 = await objects.DownloadAsync(item, lease.Path, cancellationToken));
        }
        finally
        {
            if (sha256 is null) lease.Dispose();
        }
    }

    private async ValueTask LeaveAsync((string RunId, string Uri) key, Fetched fetched)
    {
        lock (_lock)
        {
            if (--fetched.Users > 0) return;

            // Who comes now fetches it anew.
            _fetched.Remove(key);
        }

        await fetched.DisposeAsync();
    }

    private static SourceFailedException Failed(string reason) => new(new SourceFailure(MediaStage.Open, reason, Retry: true));

    // The download belongs to nobody who waits for it: it stops when the last one has left.
    private sealed class Fetched : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public Fetched(Func<CancellationToken, Task<(ScratchLease, string)>> fetch) => File = Task.Run(() => fetch(_stop.Token));

        public int Users { get; set; }

        public Task<(ScratchLease Lease, string Sha256)> File { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await ((Task)File).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (File.IsCompletedSuccessfully) (await File).Lease.Dispose();
            _stop.Dispose();
        }
    }
}
