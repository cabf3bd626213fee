using System.Data.Common;
using Curation.Clips;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Browsing;

/// <summary>Looks through the clips of one snapshot. Opening it reads the searched columns once; questions take milliseconds from then on, several at once.</summary>
public sealed class ClipBrowser : IAsyncDisposable
{
    /// <summary>The most clips of one source that are named.</summary>
    public const int MostSiblings = 2000;

    private const int HexDigits = 32;

    private readonly ClipIndex _index;
    private readonly SnapshotReader _reader;
    private readonly IReadOnlyList<ManifestShard> _shards;
    private readonly Lazy<Task<IReadOnlyDictionary<string, ColumnExtent>>> _extents;

    private ClipBrowser(ClipIndex index, SnapshotReader reader, SnapshotManifest manifest)
    {
        (_index, _reader, Manifest) = (index, reader, manifest);
        _shards = [.. manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is not null)];
        _extents = new(ReadExtentsAsync);
    }

    /// <summary>The snapshot.</summary>
    public SnapshotManifest Manifest { get; }

    /// <summary>Reads a snapshot's searched columns into a file of this machine, which goes when the browser is disposed.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="options">What it may take of this machine; the file lies in its folder for spilling. Null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The browser.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<ClipBrowser> OpenAsync(IDatasetStore store, SnapshotManifest manifest, QueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        return new ClipBrowser(await ClipIndex.BuildAsync(store, manifest, options ?? new QueryOptions(), cancellationToken).ConfigureAwait(false), new SnapshotReader(store), manifest);
    }

    /// <summary>Finds clips.</summary>
    /// <param name="search">Which.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>A page of them.</returns>
    /// <exception cref="ClipSearchException">The search names what there is not.</exception>
    public async Task<ClipSearchPage> SearchAsync(ClipSearch search, CancellationToken cancellationToken = default)
    {
        Check(search);
        var clips = new List<ClipListing>();
        long total = 0;
        var session = await _index.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.ReadAsync(ClipSearchSql.Count(search), row => total = row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            if (total > search.Offset) await session.ReadAsync(ClipSearchSql.Page(search), row => clips.Add(Listing(row)), cancellationToken).ConfigureAwait(false);
        }

        return new ClipSearchPage(clips, total, search.Offset);
    }

    /// <summary>One clip with everything that its row says.</summary>
    /// <param name="id">The clip.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Null where the snapshot has no such clip.</returns>
    /// <exception cref="DatasetException">The shard is gone or damaged.</exception>
    public async Task<ClipRecord?> FindAsync(ClipId id, CancellationToken cancellationToken = default)
    {
        if (!IsId(id.Value)) return null;

        (int Shard, long Row)? place = null;
        await ReadAsync(ClipSearchSql.StartingWith(id.Value, 1), row => place = (row.GetInt32(1), row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        return place is { } found ? await _reader.ReadClipAtAsync(Manifest, _shards[found.Shard].Path, found.Row, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>The clips whose names begin with some digits.</summary>
    /// <param name="start">The first digits, or all of them.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Their names in order; none where <paramref name="start"/> is not the beginning of a name.</returns>
    public async Task<IReadOnlyList<ClipId>> FindIdsAsync(string start, int most, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        var found = new List<ClipId>();
        if (start.Length is 0 or > HexDigits || !start.All(char.IsAsciiHexDigitLower)) return found;

        await ReadAsync(ClipSearchSql.StartingWith(start, most), row => found.Add(new ClipId(row.GetString(0))), cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>Those of some clips that the snapshot has.</summary>
    /// <param name="ids">Names of clips.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The names that are there.</returns>
    public async Task<IReadOnlySet<ClipId>> FindKnownAsync(IReadOnlyCollection<ClipId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var known = new HashSet<ClipId>();
        var names = ids.Where(id => IsId(id.Value)).ToList();
        if (names.Count > 0) await ReadAsync(ClipSearchSql.Among(names), row => known.Add(new ClipId(row.GetString(0))), cancellationToken).ConfigureAwait(false);
        return known;
    }

    /// <summary>The clips before and after one in the order of a search.</summary>
    /// <param name="search">Which clips, in which order; its page does not matter.</param>
    /// <param name="id">The clip.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Without neighbours where the search does not find the clip.</returns>
    /// <exception cref="ClipSearchException">The search names what there is not.</exception>
    public async Task<ClipNeighbours> NeighboursAsync(ClipSearch search, ClipId id, CancellationToken cancellationToken = default)
    {
        Check(search);
        var session = await _index.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long total = 0;
            await session.ReadAsync(ClipSearchSql.Count(search), row => total = row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            (bool Found, string? Key) own = default;
            if (IsId(id.Value)) await session.ReadAsync(ClipSearchSql.Key(search, id), row => own = (true, ClipSearchSql.Literal(row.GetValue(0))), cancellationToken).ConfigureAwait(false);
            if (!own.Found) return new ClipNeighbours(null, null, null, total);

            ClipId? previous = null, next = null;
            long before = 0;
            await session.ReadAsync(ClipSearchSql.Before(search, id, own.Key), row => (previous, before) = (new ClipId(row.GetString(0)), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
            await session.ReadAsync(ClipSearchSql.After(search, id, own.Key), row => next = new ClipId(row.GetString(0)), cancellationToken).ConfigureAwait(false);
            return new ClipNeighbours(previous, next, before + 1, total);
        }
    }

    /// <summary>All clips of a source in order of time, at most <see cref="MostSiblings"/>.</summary>
    /// <param name="sourceUri">The source's address.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The clips.</returns>
    public async Task<IReadOnlyList<ClipSibling>> SiblingsAsync(string sourceUri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sourceUri);
        var clips = new List<ClipSibling>();
        await ReadAsync(ClipSearchSql.Siblings(sourceUri, MostSiblings), row => clips.Add(new ClipSibling(new ClipId(row.GetString(0)), Span(row.GetDouble(1), row.GetDouble(2)), (ClipOutcome)Convert.ToInt32(row.GetValue(3), null))), cancellationToken).ConfigureAwait(false);
        return clips;
    }

    /// <summary>Where the values of every column of numbers lie. Read once.</summary>
    /// <returns>By the column's name.</returns>
    public Task<IReadOnlyDictionary<string, ColumnExtent>> ExtentsAsync() => _extents.Value;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _index.DisposeAsync();

    private static void Check(ClipSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.FindProblems() is { Count: > 0 } problems) throw new ClipSearchException(problems);
    }

    private static bool IsId(string? id) => id?.Length == HexDigits && id.All(char.IsAsciiHexDigitLower);

    private static ClipListing Listing(DbDataReader row) => new(
        new ClipId(row.GetString(0)),
        (ClipOutcome)Convert.ToInt32(row.GetValue(1), null),
        Text(row, 2) is { } split ? SplitNames.Find(split) : null,
        row.GetString(3),
        Span(row.GetDouble(4), row.GetDouble(5)),
        row.IsDBNull(6) ? 0 : row.GetInt32(6),
        row.IsDBNull(7) ? 0 : row.GetInt32(7),
        Text(row, 8), Text(row, 9), Text(row, 10), Text(row, 11),
        row.IsDBNull(12) ? null : row.GetDouble(12));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ClipSpan Span(double start, double end) => new(Time(start), Time(end));

    private static TimeSpan Time(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    private async Task<IReadOnlyDictionary<string, ColumnExtent>> ReadExtentsAsync()
    {
        var extents = new Dictionary<string, ColumnExtent>(StringComparer.Ordinal);
        await ReadAsync(ClipSearchSql.Extents(ClipSearchSql.Numbers), row =>
        {
            for (var index = 0; index < ClipSearchSql.Numbers.Count; index++)
            {
                var at = 3 * index;
                extents[ClipSearchSql.Numbers[index]] = new ColumnExtent(row.GetInt64(at), row.IsDBNull(at + 1) ? null : row.GetDouble(at + 1), row.IsDBNull(at + 2) ? null : row.GetDouble(at + 2));
            }
        }, CancellationToken.None).ConfigureAwait(false);
        return extents;
    }

    private async Task ReadAsync(string sql, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        var session = await _index.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false)) await session.ReadAsync(sql, row, cancellationToken).ConfigureAwait(false);
    }
}
