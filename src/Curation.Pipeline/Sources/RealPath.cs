namespace Curation.Pipeline.Sources;

/// <summary>Where a path leads once every symbolic link on the way is followed.</summary>
public static class RealPath
{
    // Linux gives up after 40 links as well.
    private const int MaxLinks = 40;

    /// <summary>Follows every link of a path, those of its folders included. Parts that do not exist are kept as they are.</summary>
    /// <param name="path">A path.</param>
    /// <returns>An absolute path without links.</returns>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path)
    {
        var links = 0;
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var pending = new Stack<string>(Parts(full[root.Length..]));
        var resolved = root;
        while (pending.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(resolved, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks) throw new IOException($"too many symbolic links in '{path}'");
            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(target)!;
                target = target[resolved.Length..];
            }

            foreach (var inner in Parts(target)) pending.Push(inner);
        }

        return resolved;
    }

    /// <summary>Whether a path is a folder or lies in it; looks at the text only.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="folder">An absolute path.</param>
    /// <returns>True for the folder itself, too.</returns>
    public static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || folder == Path.GetPathRoot(path);

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
