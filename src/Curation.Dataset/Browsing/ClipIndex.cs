using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Browsing;

/// <summary>The columns of a snapshot's clips that are searched, in one table of a DuckDB file: Parquet with its small row groups would be parsed anew by every question.</summary>
internal sealed class ClipIndex : IAsyncDisposable
{
    /// <summary>The table.</summary>
    public const string Table = "clips";

    private const string Unranked = "unranked";

    private static readonly string[] Texts = ["clip_id", "split", "source_uri", "caption", "rejected_by", "reason", "poster_path"];
    private static readonly string[] SearchedTexts = ["clip_id", "source_uri", "caption", "video_caption", "audio_caption", "transcript"];

    private readonly string _folder;
    private readonly QueryOptions _options;

    // Keeps the database open between questions.
    private readonly DuckDbSession _holder;

    private ClipIndex(string folder, QueryOptions options, DuckDbSession holder) => (_folder, _options, _holder) = (folder, options, holder);

    private string File => FileIn(_folder);

    /// <summary>Makes the table.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="options">What it may take; the file lies in its folder for spilling.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<ClipIndex> BuildAsync(IDatasetStore store, SnapshotManifest manifest, QueryOptions options, CancellationToken cancellationToken)
    {
        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var folder = Path.Combine(options.SpillFolder, $"curate-clips-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        ClipIndex? built = null;
        DuckDbSession? session = null;
        try
        {
            session = await DuckDbSession.OpenAsync(options with { SpillFolder = folder }, FileIn(folder), cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"SET preserve_insertion_order = false; CREATE TABLE {Unranked} ({Definition()})", cancellationToken).ConfigureAwait(false);
            for (var shard = 0; shard < files.Files.Count; shard++)
            {
                var (named, file) = files.Files[shard];
                await AddAsync(session, file, ShardTable.OutcomeOf(named.Path)!.Value, shard, cancellationToken).ConfigureAwait(false);
            }

            // The order that is asked for most, as a number: texts of a million rows sort in half a second, numbers in a few milliseconds.
            await session.ExecuteAsync(
                $"""
                CREATE TABLE places AS SELECT rowid AS place, (row_number() OVER (ORDER BY source_uri, start_s, clip_id))::INTEGER AS source_rank FROM {Unranked};
                CREATE TABLE {Table} AS SELECT {Unranked}.*, source_rank FROM {Unranked} JOIN places ON {Unranked}.rowid = place;
                DROP TABLE places;
                DROP TABLE {Unranked};
                """,
                cancellationToken).ConfigureAwait(false);

            // What is asked from here on reads this table and nothing else.
            await session.ExecuteAsync("SET enable_external_access = false", cancellationToken).ConfigureAwait(false);
            return built = new ClipIndex(folder, options, session);
        }
        finally
        {
            if (built is null)
            {
                if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>A session for one question.</summary>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public Task<DuckDbSession> OpenAsync(CancellationToken cancellationToken) => DuckDbSession.JoinAsync(File, cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync().ConfigureAwait(false);
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A question that is still running holds the file; it goes with the folder that it lies in.
        }
    }

    private static string FileIn(string folder) => Path.Combine(folder, "clips.duckdb");

    private static string Definition() => string.Join(", ",
    [
        .. Texts.Select(name => $"{SqlText.Name(name)} VARCHAR"),
        "search_text VARCHAR", "outcome TINYINT", "shard INTEGER", "shard_row BIGINT",
        .. ClipSearchSql.Numbers.Select(name => $"{SqlText.Name(name)} {(name is "width" or "height" ? "INTEGER" : "DOUBLE")}"),
    ]);

    private static async Task AddAsync(DuckDbSession session, string file, ClipOutcome outcome, int shard, CancellationToken cancellationToken)
    {
        var from = $"read_parquet({SqlText.Quote(file)}, hive_partitioning = false, file_row_number = true)";
        var columns = new HashSet<string>(StringComparer.Ordinal);
        await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {from})", row => columns.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);

        // A data set of an older version lacks columns that came later.
        string Column(string name) => columns.Contains(name) ? SqlText.Name(name) : "NULL";
        var searched = string.Join(", ", SearchedTexts.Where(columns.Contains).Select(name => name == "source_uri" ? "coalesce(try(url_decode(source_uri)), source_uri)" : SqlText.Name(name)));
        var select = string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {Unranked}
            SELECT {string.Join(", ", Texts.Select(Column))}, lower(concat_ws(chr(10), {searched})), {ClipSearchSql.OutcomeNumber(outcome)}, {shard}, file_row_number,
                   {string.Join(", ", ClipSearchSql.Numbers.Select(Column))}
            FROM {from}
            """);
        await session.ExecuteAsync(select, cancellationToken).ConfigureAwait(false);
    }
}
