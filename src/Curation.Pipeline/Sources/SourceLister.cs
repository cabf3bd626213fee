using System.Runtime.CompilerServices;

namespace Curation.Pipeline.Sources;

/// <summary>Lists the sources of a run while they are asked for, always in the same order, never all at once.</summary>
public sealed class SourceLister
{
    private FolderWalk? _walk;
    private ObjectWalk? _objectWalk;

    /// <summary>A folder to leave out, such as the data set that is being written into the input folder; null for none.</summary>
    public string? ExcludedFolder { get; init; }

    /// <summary>The stores whose objects may be sources; null where only files may.</summary>
    public ObjectSources? Objects { get; init; }

    /// <summary>Files of the input folder met so far that are no media and were left out; hidden files are not counted.</summary>
    public long SkippedFiles => _walk?.Skipped ?? _objectWalk?.Skipped ?? 0;

    /// <summary>Checks that an input exists and holds at least one source, before anything is started.</summary>
    /// <param name="input">As for <see cref="ListAsync"/>.</param>
    /// <param name="cancellation">Stops the check.</param>
    /// <exception cref="SourceInputException">It cannot be used; the message says why.</exception>
    public async Task CheckAsync(string input, CancellationToken cancellation)
    {
        await using var sources = new SourceLister { ExcludedFolder = ExcludedFolder, Objects = Objects }.ListAsync(input, cancellation).GetAsyncEnumerator(cancellation);
        await sources.MoveNextAsync();
    }

    /// <summary>Lists the sources of an input.</summary>
    /// <param name="input">
    /// A media file; a folder, which is walked in order of names; a <c>.txt</c> list with one path a line and <c>#</c> comments;
    /// a <c>.jsonl</c> list with <c>{"path": ..., "licence": ..., "rights": ...}</c>; or the address of an object or of a folder of objects, such as
    /// <c>azblob://ACCOUNT/CONTAINER/PREFIX</c>. Relative paths in a list start at its folder and stay in it; a list may name objects too. Nothing is ever fetched from the web.
    /// </param>
    /// <param name="cancellation">Stops the listing.</param>
    /// <returns>Sources. One with a <see cref="SourceItem.Problem"/> is to be quarantined; the listing goes on behind it.</returns>
    /// <exception cref="SourceInputException">The input does not exist, cannot be read or holds nothing.</exception>
    /// <exception cref="StoreUnavailableException">The store of the objects cannot be read.</exception>
    public async IAsyncEnumerable<SourceItem> ListAsync(string input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(input);

        if (Objects is not null && Objects.Knows(input))
        {
            await foreach (var item in ListObjectsAsync(Objects, input, cancellation)) yield return item;
            yield break;
        }

        var path = ToPath(input);
        if (Directory.Exists(path))
        {
            _walk = new FolderWalk(path, ExcludedFolder is null || SourceAddress.IsAddress(ExcludedFolder) ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(ExcludedFolder)));
            var any = false;
            foreach (var item in _walk.Sources())
            {
                cancellation.ThrowIfCancellationRequested();
                any = true;
                yield return item;
            }

            if (!any) throw new SourceInputException(string.Create(null, $"the input folder '{input}' holds no video files ({SkippedFiles} other files were looked at)"));
        }
        else if (SourceListFile.IsList(path))
        {
            CheckReadable(input, path);
            var any = false;
            await foreach (var item in new SourceListFile(path, Objects).ReadAsync(cancellation))
            {
                any = true;
                yield return item;
            }

            if (!any) throw new SourceInputException($"the list '{input}' names no file");
        }
        else
        {
            CheckReadable(input, path);
            yield return SourceFile.Look(path);
        }
    }

    private async IAsyncEnumerable<SourceItem> ListObjectsAsync(ObjectSources objects, string input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (SourceAddress.WithoutSecrets(input) is var bare && bare != input)
        {
            throw new SourceInputException($"the input '{bare}' must be given without query, fragment or password: what the store wants to see belongs into the configuration");
        }

        _objectWalk = new ObjectWalk(objects, input, ExcludedFolder);
        await using var sources = _objectWalk.SourcesAsync(cancellation).GetAsyncEnumerator(cancellation);
        var any = false;
        while (await MoveNextAsync(sources))
        {
            any = true;
            yield return sources.Current;
        }

        if (!any) throw new SourceInputException(string.Create(null, $"the input '{input}' holds no video files ({SkippedFiles} other objects were looked at)"));
    }

    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<SourceItem> sources)
    {
        try
        {
            return await sources.MoveNextAsync();
        }
        catch (ArgumentException wrong)
        {
            throw new SourceInputException(SourceAddress.Reason(wrong));
        }
    }

    private static string ToPath(string input)
    {
        if (!SourceAddress.IsAddress(input)) return Path.TrimEndingDirectorySeparator(Path.GetFullPath(input));

        return SourceUri.ToPath(input) ?? throw new SourceInputException(
            $"the input '{SourceAddress.WithoutSecrets(input)}' cannot be read: give a file, a folder, or a .txt or .jsonl list on this machine, or the address of a store that is configured; nothing is fetched from the web");
    }

    private static void CheckReadable(string input, string path)
    {
        try
        {
            if (!File.Exists(path)) throw new SourceInputException($"the input '{input}' does not exist");

            // A pipe has no length and opening it would block; it is told as an empty file later.
            if (new FileInfo(path).Length > 0) File.OpenHandle(path).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceInputException($"the input '{input}' cannot be read: {exception.Message}");
        }
    }
}
