using Curation.Dataset.Storage;

namespace Curation.Dataset.Snapshots;

/// <summary>Where one commit keeps its shards until its manifest stands: out of every glob's way, and apart from those of any other commit, so that nobody takes them for strays.</summary>
/// <param name="store">The data set.</param>
internal sealed class ShardStaging(IDatasetStore store)
{
    private const string Folder = "_state/staging";

    // All in one folder, because an emptied one would stay: the names of shards differ from table to table. The ending keeps them from globs such as **/*.parquet over the whole data set.
    private const string Ending = ".new";

    /// <summary>What a commit that is still at work may be old; far above the hours that one takes. Uncalibrated.</summary>
    private static readonly TimeSpan AbandonedAge = TimeSpan.FromDays(1);

    private readonly Dictionary<string, ManifestShard> _written = new(StringComparer.Ordinal);

    /// <summary>Tells this commit from all others.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The shards that are ready here, by the path they will have.</summary>
    public IReadOnlyDictionary<string, ManifestShard> Written => _written;

    /// <summary>Where a shard lies until it has its place.</summary>
    /// <param name="id">The commit.</param>
    /// <param name="path">The path it will have.</param>
    public static string PathOf(string id, string path) => $"{Folder}/{id}-{path[(path.LastIndexOf('/') + 1)..]}{Ending}";

    /// <summary>Moves what a commit staged into its place, and deletes what its manifest does not name. Anybody may do so once the manifest stands, also at the same time.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="id">The commit.</param>
    /// <param name="wanted">The manifest's shards.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static async Task PlaceAsync(IDatasetStore store, string id, IReadOnlySet<string> wanted, CancellationToken cancellationToken)
    {
        var places = wanted.ToDictionary(path => PathOf(id, path), StringComparer.Ordinal);
        foreach (var entry in await ListAsync(store, Folder, cancellationToken).ConfigureAwait(false))
        {
            if (!entry.Path.StartsWith($"{Folder}/{id}-", StringComparison.Ordinal)) continue;

            if (places.TryGetValue(entry.Path, out var path)) await store.MoveAsync(entry.Path, path, cancellationToken).ConfigureAwait(false);
            else await store.DeleteAsync(entry.Path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes what commits left behind that were killed long ago.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static async Task SweepAsync(IDatasetStore store, CancellationToken cancellationToken)
    {
        var staged = await ListAsync(store, Folder, cancellationToken).ConfigureAwait(false);
        if (staged.Count == 0) return;

        var now = await StoreClock.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        foreach (var entry in staged.Where(entry => now - entry.ModifiedUtc > AbandonedAge)) await store.DeleteAsync(entry.Path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes a shard that is ready.</summary>
    public void Add(ManifestShard shard) => _written[shard.Path] = shard;

    /// <summary>Throws everything away: no manifest will name it.</summary>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        foreach (var path in _written.Keys) await store.DeleteAsync(PathOf(Id, path), cancellationToken).ConfigureAwait(false);
        _written.Clear();
    }

    private static async Task<List<StoredEntry>> ListAsync(IDatasetStore store, string folder, CancellationToken cancellationToken)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in store.ListAsync(folder, cancellationToken).ConfigureAwait(false)) entries.Add(entry);
        return entries;
    }
}
