namespace Curation.Pipeline.Sources;

/// <summary>Walks a folder, deepest first in order of names, and yields its media files.</summary>
/// <param name="root">Absolute path of the folder.</param>
/// <param name="excludedFolder">Absolute path of a folder to leave out; null for none.</param>
internal sealed class FolderWalk(string root, string? excludedFolder)
{
    private readonly FolderPages _pages = new();
    private readonly string _realRoot = RealPath.Resolve(root);

    // Only the targets of links are kept: without links a tree has no loop.
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    /// <summary>Files met so far that are no media, hidden ones not counted.</summary>
    public long Skipped { get; private set; }

    /// <summary>The media files, found while they are asked for.</summary>
    /// <returns>Sources; a folder that cannot be read is one with a problem.</returns>
    public IEnumerable<SourceItem> Sources() => Walk(root);

    private IEnumerable<SourceItem> Walk(string folder)
    {
        using var names = _pages.Names(folder).GetEnumerator();
        while (true)
        {
            SourceItem? unreadable = null;
            try
            {
                if (!names.MoveNext()) yield break;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable = new SourceItem { Uri = SourceUri.FromPath(folder), Problem = $"the folder cannot be read: {exception.Message}" };
            }

            if (unreadable is not null)
            {
                yield return unreadable;
                yield break;
            }

            if (names.Current.StartsWith('.')) continue;

            var path = Path.Combine(folder, names.Current);
            if (Directory.Exists(path))
            {
                if (!ShouldEnter(path)) continue;
                foreach (var item in Walk(path)) yield return item;
            }
            else if (MediaExtensions.Has(path))
            {
                yield return SourceFile.Look(path);
            }
            else
            {
                Skipped++;
            }
        }
    }

    // A linked folder is entered once, and not at all where it lies in the tree anyway or the tree lies in it: loops end here.
    private bool ShouldEnter(string path)
    {
        if (path == excludedFolder) return false;
        if (new DirectoryInfo(path).LinkTarget is null) return true;

        var target = RealPath.Resolve(path);
        return !RealPath.IsInside(target, _realRoot) && !RealPath.IsInside(_realRoot, target) && _followed.Add(target);
    }
}
