using System.Collections.Concurrent;
using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Browsing;

/// <summary>
/// The media of clips for people who look at them: a retained clip's own file, and of every other clip a preview that is cut from its source
/// while that can still be reached and holds what was measured. What a row says is not trusted: only media is shown.
/// </summary>
public sealed class ClipFiles : IDisposable
{
    private const string RunId = "looks";
    private const int PreviewQuality = 23;

    private static readonly CutOptions Options = new() { Quality = PreviewQuality, Threads = 1 };

    private readonly ObjectSources _objects;
    private readonly SourceMedia _media;
    private readonly MediaProbe _probe;
    private readonly ClipCutter _cutter;
    private readonly MemoryBudget _memory;
    private readonly ClipCacheOptions _options;
    private readonly FileCache _cache;
    private readonly SemaphoreSlim _turns;
    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Changed, string Sha256)> _digests = new(StringComparer.Ordinal);

    /// <summary>Media of no clip yet.</summary>
    /// <param name="objects">Sources that are no files.</param>
    /// <param name="media">The files of sources.</param>
    /// <param name="probe">What a source is.</param>
    /// <param name="cutter">Cuts previews.</param>
    /// <param name="memory">What encoders may take.</param>
    /// <param name="scratch">Where previews lie.</param>
    /// <param name="options">How many.</param>
    public ClipFiles(ObjectSources objects, SourceMedia media, MediaProbe probe, ClipCutter cutter, MemoryBudget memory, ScratchSpace scratch, ClipCacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_objects, _media, _probe, _cutter, _memory, _options) = (objects, media, probe, cutter, memory, options);
        _cache = new FileCache(scratch, options.Bytes);
        _turns = new SemaphoreSlim(options.AtOnce);
    }

    /// <summary>Whether a path of a row can be a clip's media: of the folder of clips, and nothing else of the data set.</summary>
    /// <param name="clip">The row.</param>
    /// <returns>True where it may be read.</returns>
    public static bool HasMedia(ClipRecord clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return clip.MediaPath is { } path && path.StartsWith(ClipPaths.MediaFolder + "/", StringComparison.Ordinal) && path.EndsWith(".mp4", StringComparison.Ordinal) && !path.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>A file that shows a clip.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="view">The clip alone, or in its source.</param>
    /// <param name="cancellationToken">Stops the waiting; a cut that was begun goes on for the next one who asks.</param>
    /// <returns>The file, or why there is none.</returns>
    public async Task<ClipFile> FindAsync(IDatasetStore store, ClipRecord clip, ClipView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clip);
        try
        {
            return view == ClipView.Clip && HasMedia(clip)
                ? new ClipFile { Path = await OwnAsync(store, clip, cancellationToken), Span = clip.Span }
                : await CutAsync(clip, view == ClipView.Clip ? clip.Span : Around(clip.Span), cancellationToken);
        }
        catch (MediaException fault)
        {
            return ClipFile.None($"{Beginning(view)}: {fault.Reason}.");
        }
        catch (SourceFailedException fault)
        {
            return ClipFile.None($"{Beginning(view)}: {fault.Failure.Reason}.");
        }
        catch (IOException fault)
        {
            return ClipFile.None($"{Beginning(view)}: {fault.Message}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    internal static string Beginning(ClipView view) => view == ClipView.Clip ? "The clip cannot be shown" : "The source cannot be shown";

    private async Task<string> OwnAsync(IDatasetStore store, ClipRecord clip, CancellationToken cancellationToken)
    {
        if (store.FileOf(clip.MediaPath!) is { } file) return File.Exists(file) ? file : throw new MediaException(MediaStage.Open, $"{clip.MediaPath} is gone from the data set; 'curate verify' names all damage");

        return await _cache.GetAsync($"{clip.Id}.mp4", path => FetchAsync(store, clip.MediaPath!, path), cancellationToken);
    }

    private static async Task FetchAsync(IDatasetStore store, string from, string path)
    {
        await using var stream = await store.OpenReadAsync(from, CancellationToken.None) ?? throw new MediaException(MediaStage.Open, $"{from} is gone from the data set; 'curate verify' names all damage");
        await using (var file = File.Create(path + ".part")) await stream.CopyToAsync(file);
        File.Move(path + ".part", path, overwrite: true);
    }

    private async Task<ClipFile> CutAsync(ClipRecord clip, ClipSpan span, CancellationToken cancellationToken)
    {
        if (span.End <= span.Start) throw new MediaException(MediaStage.Cut, "its row gives it no length");

        // The name says what is cut, so that a row of another snapshot cannot get this file.
        var name = string.Create(CultureInfo.InvariantCulture, $"{ClipId.From(clip.SourceSha256.Length == 0 ? "none" : clip.SourceSha256, span, clip.SourceUri)}-cut.mp4");
        return new ClipFile { Path = await _cache.GetAsync(name, path => CutIntoAsync(clip, span, path), cancellationToken), Span = span };
    }

    private async Task CutIntoAsync(ClipRecord clip, ClipSpan span, string path)
    {
        await _turns.WaitAsync();
        try
        {
            var item = new SourceItem { Uri = clip.SourceUri };
            if (item.LocalPath is null) item = await DescribeAsync(item);
            await using var file = await _media.OpenAsync(RunId, item, CancellationToken.None);
            var info = await _probe.ProbeAsync(file.Path, CancellationToken.None);
            var sha256 = file.Sha256 ?? await Sha256Async(file.Path);
            if (sha256 != clip.SourceSha256) throw new MediaException(MediaStage.Open, "the source has changed since it was measured");

            using var held = await _memory.HoldAsync(MediaMemory.OfCut(info.Video, Options.Threads), CancellationToken.None);
            await _cutter.CutAsync(info, span, path, Options, CancellationToken.None);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<SourceItem> DescribeAsync(SourceItem item)
    {
        if (!_objects.Knows(item.Uri)) throw new MediaException(MediaStage.Open, "the source does not lie where this machine can reach it");

        var described = await _objects.DescribeAsync(item, CancellationToken.None);
        return described.SizeBytes <= _options.LargestFetchBytes
            ? described
            : throw new MediaException(MediaStage.Open, string.Create(CultureInfo.InvariantCulture, $"the source takes {described.SizeBytes} bytes, more than the {_options.LargestFetchBytes} that are fetched for one look"));
    }

    // Reading a long source takes seconds; who looks at its clips one after the other waits once.
    private async Task<string> Sha256Async(string path)
    {
        var file = new FileInfo(path);
        if (_digests.TryGetValue(path, out var known) && (known.Bytes, known.Changed) == (file.Length, file.LastWriteTimeUtc)) return known.Sha256;

        var sha256 = await ContentDigest.Sha256Async(path, CancellationToken.None);
        _digests[path] = (file.Length, file.LastWriteTimeUtc, sha256);
        return sha256;
    }

    private ClipSpan Around(ClipSpan span)
    {
        var more = TimeSpan.FromSeconds(_options.ContextSeconds);
        return new ClipSpan(span.Start > more ? span.Start - more : TimeSpan.Zero, span.End + more);
    }
}
