using Curation.Pipeline.Scratch;

namespace Curation.Pipeline.Browsing;

/// <summary>Files that were made for somebody to look at, each made once, bounded in bytes: the one that nobody asked for longest goes first.</summary>
/// <remarks>A file that is being read when it goes stays readable for whoever has it open, as Unix does it.</remarks>
/// <param name="scratch">Whose folder they lie in; the folder goes with the process.</param>
/// <param name="bytes">The most that they take together; the newest one stays in any case.</param>
internal sealed class FileCache(ScratchSpace scratch, long bytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Files that lie there.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>The file of a name; made where it is not there. Several who ask at once wait for one making, which goes on when they leave.</summary>
    /// <param name="name">A file name.</param>
    /// <param name="make">Writes the file. What it throws everybody who waits gets, and the next one who asks tries again.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Full path.</returns>
    public async Task<string> GetAsync(string name, Func<string, Task> make, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out entry))
            {
                var path = Path.Combine(Directory.CreateDirectory(Path.Combine(scratch.Prepare(), "looks")).FullName, name);
                _entries.Add(name, entry = new Entry(path, Task.Run(() => make(path), CancellationToken.None)));
            }

            entry.Used = ++_clock;
        }

        var made = false;
        try
        {
            await entry.Making.WaitAsync(cancellationToken);
            made = File.Exists(entry.Path);
        }
        finally
        {
            if (!made && entry.Making.IsCompleted) Forget(name, entry);
        }

        Trim(entry);
        return made ? entry.Path : throw new FileNotFoundException($"{name} was deleted while it was asked for. Ask again.");
    }

    private void Forget(string name, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(name, out var current) && current == entry) _entries.Remove(name);
        }
    }

    private void Trim(Entry newest)
    {
        lock (_lock)
        {
            var ready = _entries.Where(pair => pair.Value.Making.IsCompletedSuccessfully).OrderByDescending(pair => pair.Value.Used).ToList();
            long total = 0;
            foreach (var (name, entry) in ready)
            {
                total += entry.Bytes ??= Size(entry.Path);
                if (total <= bytes || entry == newest) continue;

                File.Delete(entry.Path);
                _entries.Remove(name);
                total -= entry.Bytes.Value;
            }
        }
    }

    private static long Size(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private sealed class Entry(string path, Task making)
    {
        public string Path { get; } = path;

        public Task Making { get; } = making;

        public long Used { get; set; }

        public long? Bytes { get; set; }
    }
}
