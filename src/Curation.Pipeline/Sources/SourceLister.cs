using System.Runtime.CompilerServices;

namespace Curation.Pipeline.Sources;

/// <summary>Lists the sources of a run while they are asked for, always in the same order, never all at once.</summary>
public sealed class SourceLister
{
    private FolderWalk? _walk;

    /// <summary>A folder to leave out, such as the data set that is being written into the input folder; null for none.</summary>
    public string? ExcludedFolder { get; init; }

    /// <summary>Files of the input folder met so far that are no media and were left out; hidden files are not counted.</summary>
    public long SkippedFiles => _walk?.Skipped ?? 0;

    /// <summary>Checks that an input exists and holds at least one source, before anything is started.</summary>
    /// <param name="input">As for <see cref="ListAsync"/>.</param>
    /// <param name="cancellation">Stops the check.</param>
    /// <exception cref="SourceInputException">It cannot be used; the message says why.</exception>
    public async Task CheckAsync(string input, CancellationToken cancellation)
    {
        await using var sources = new SourceLister { ExcludedFolder = ExcludedFolder }.ListAsync(input, cancellation).GetAsyncEnumerator(cancellation);
        await sources.MoveNextAsync();
    }

    /// <summary>Lists the sources of an input.</summary>
    /// <param name="input">
    /// A media file; a folder, which is walked in order of names; a <c>.txt</c> list with one path a line and <c>#</c> comments;
    /// or a <c>.jsonl</c> list with <c>{"path": ..., "licence": ..., "rights": ...}</c>. Relative paths in a list start at its folder and stay in it.
    /// </param>
    /// <param name="cancellation">Stops the listing.</param>
    /// <returns>Sources. One with a <see cref="SourceItem.Problem"/> is to be quarantined; the listing goes on behind it.</returns>
    /// <exception cref="SourceInputException">The input does not exist, cannot be read or holds nothing.</exception>
    public async IAsyncEnumerable<SourceItem> ListAsync(string input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(input);

        var path = ToPath(input);
        if (Directory.Exists(path))
        {
            _walk = new FolderWalk(path, ExcludedFolder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(ExcludedFolder)));
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
            await foreach (var item in new SourceListFile(path).ReadAsync(cancellation))
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

    private static string ToPath(string input)
    {
        if (!input.Contains("://", StringComparison.Ordinal)) return Path.TrimEndingDirectorySeparator(Path.GetFullPath(input));

        return SourceUri.ToPath(input)
            ?? throw new SourceInputException($"the input '{input}' cannot be read: give a file, a folder, or a .txt or .jsonl list on this machine");
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
