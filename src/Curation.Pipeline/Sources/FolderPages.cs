namespace Curation.Pipeline.Sources;

/// <summary>Reads the entries of one folder in ordinal order of their names without holding all of them.</summary>
/// <remarks>
/// A folder has no order of its own, and one folder may hold millions of files. So the folder is read again for every page,
/// and each reading keeps only the smallest names behind the last one: time for memory, both small beside one decode.
/// </remarks>
/// <param name="pageSize">Names held at once.</param>
internal sealed class FolderPages(int pageSize = FolderPages.DefaultPageSize)
{
    private const int DefaultPageSize = 65_536;

    private static readonly Comparer<string> LargestFirst = Comparer<string>.Create((left, right) => string.CompareOrdinal(right, left));

    /// <summary>The names in a folder.</summary>
    /// <param name="folder">Its path.</param>
    /// <returns>Every name once, in ordinal order, read while it is asked for.</returns>
    public IEnumerable<string> Names(string folder)
    {
        string? last = null;
        while (true)
        {
            var page = ReadPage(folder, last);
            foreach (var name in page) yield return name;

            if (page.Length < pageSize) yield break;

            last = page[^1];
        }
    }

    private string[] ReadPage(string folder, string? after)
    {
        var smallest = new PriorityQueue<string, string>(LargestFirst);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = Path.GetFileName(path);
            if (after is not null && string.CompareOrdinal(name, after) <= 0) continue;

            if (smallest.Count < pageSize) smallest.Enqueue(name, name);
            else smallest.EnqueueDequeue(name, name);
        }

        var page = new string[smallest.Count];
        for (var i = page.Length - 1; i >= 0; i--) page[i] = smallest.Dequeue();
        return page;
    }
}
