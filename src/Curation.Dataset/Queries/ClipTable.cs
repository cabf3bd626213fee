using System.Collections.Concurrent;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Queries;

/// <summary>The clips of one snapshot, column by column, in memory: 26 bytes a clip and 9 more for each measurement.</summary>
public sealed class ClipTable
{
    // Columns that may lack a value have that as their first.
    private const int Unknown = 0;

    private readonly IdList _ids;
    private readonly CodedList<Split?> _splits;
    private readonly double[] _seconds;
    private readonly CodedList<ClipOutcome> _outcomes;
    private readonly ConcurrentDictionary<string, (double[] Values, CodedList<MeasurementState?> States)> _columns = new(StringComparer.Ordinal);

    private ClipTable(int rows)
    {
        Rows = rows;
        _ids = new IdList(rows);
        _splits = new CodedList<Split?>(rows, [null, .. Enum.GetValues<Split>()]);
        _seconds = new double[rows];
        _outcomes = new CodedList<ClipOutcome>(rows, Enum.GetValues<ClipOutcome>());
    }

    /// <summary>Clips.</summary>
    public int Rows { get; }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Their kinds of sound; null where it could not be told.</summary>
    public IReadOnlyList<Split?> Splits => _splits;

    /// <summary>Their lengths in seconds.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>What became of them.</summary>
    public IReadOnlyList<ClipOutcome> Outcomes => _outcomes;

    /// <summary>Reads a snapshot.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="measurements">The measurements to read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>All clips: retained, held and rejected.</returns>
    /// <exception cref="ArgumentException">No measurement has one of the names.</exception>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<ClipTable> LoadAsync(IDatasetStore store, SnapshotManifest manifest, IReadOnlyCollection<string> measurements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(measurements);

        var table = new ClipTable(checked((int)manifest.Shards.Where(shard => ShardTable.OutcomeOf(shard.Path) is not null).Sum(shard => shard.Rows)));
        await table.ReadAsync(store, manifest, measurements, isFirst: true, cancellationToken).ConfigureAwait(false);
        return table;
    }

    /// <summary>Reads further measurements of the same snapshot.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot that the table was read from.</param>
    /// <param name="measurements">The measurements to read; those that are there are not read again.</param>
    /// <param name="cancellationToken">Stops the reading; the table stays as it was.</param>
    /// <exception cref="ArgumentException">No measurement has one of the names.</exception>
    /// <exception cref="DatasetException">A shard is gone or damaged, or holds other clips.</exception>
    public async Task AddAsync(IDatasetStore store, SnapshotManifest manifest, IReadOnlyCollection<string> measurements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(measurements);

        string[] missing = [.. measurements.Where(name => !_columns.ContainsKey(name))];
        if (missing.Length > 0) await ReadAsync(store, manifest, missing, isFirst: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets go of a measurement.</summary>
    /// <param name="measurement">Its name; nothing happens where it is not there.</param>
    public void Drop(string measurement) => _columns.TryRemove(measurement, out _);

    /// <summary>Whether a measurement is there.</summary>
    /// <param name="measurement">Its name.</param>
    /// <returns>True where it was read.</returns>
    public bool Has(string measurement) => _columns.ContainsKey(measurement);

    /// <summary>A measurement's values.</summary>
    /// <param name="measurement">One of those that were read.</param>
    /// <returns>One for each clip; NaN where there is none.</returns>
    public IReadOnlyList<double> Values(string measurement) => _columns[measurement].Values;

    /// <summary>Whether a measurement could be made.</summary>
    /// <param name="measurement">One of those that were read.</param>
    /// <returns>One for each clip; null where nothing is known of it at all.</returns>
    public IReadOnlyList<MeasurementState?> States(string measurement) => _columns[measurement].States;

    private async Task ReadAsync(IDatasetStore store, SnapshotManifest manifest, IReadOnlyCollection<string> measurements, bool isFirst, CancellationToken cancellationToken)
    {
        foreach (var name in measurements) _ = MeasurementCatalog.Get(name);

        var filling = new Filling(measurements, Rows);
        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var session = await DuckDbSession.OpenAsync(new QueryOptions(), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var outcome in Enum.GetValues<ClipOutcome>())
            {
                if (files.From(outcome) is { } from) await ReadAsync(session, from, isFirst ? outcome : null, filling, cancellationToken).ConfigureAwait(false);
            }
        }

        if (filling.Rows != Rows) throw Differs();
        foreach (var (name, values, states) in filling.Columns) _columns[name] = (values, states);
    }

    private async Task ReadAsync(DuckDbSession session, string from, ClipOutcome? outcome, Filling filling, CancellationToken cancellationToken)
    {
        // Files that were written before a measurement was thought of lack its column.
        var there = new HashSet<string>(StringComparer.Ordinal);
        await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {from})", row => there.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);
        var columns = filling.Columns.Select(column => there.Contains(column.Name)
            ? $"{SqlText.Name(column.Name)}, CASE WHEN {SqlText.Name(column.Name)} IS NULL THEN {MeasurementSql.StateOf(column.Name)} END"
            : "NULL, NULL");
        var sql = $"SELECT clip_id, split, duration_s{string.Concat(columns.Select(column => $", {column}"))} FROM {from}";
        await session.ReadAsync(sql, row =>
        {
            var place = filling.Rows++;
            if (place >= Rows || (outcome is null && !_ids.Is(place, row.GetString(0)))) throw Differs();
            if (outcome is { } became)
            {
                _ids.Set(place, row.GetString(0));
                _splits.Set(place, row.IsDBNull(1) ? Unknown : PlaceOf(SplitNames.Find(row.GetString(1))));
                _seconds[place] = row.GetDouble(2);
                _outcomes.Set(place, (int)became);
            }

            for (var index = 0; index < filling.Columns.Length; index++)
            {
                var (_, values, states) = filling.Columns[index];
                var at = 3 + (2 * index);
                var measured = !row.IsDBNull(at);
                values[place] = measured ? row.GetDouble(at) : double.NaN;
                states.Set(place, measured ? PlaceOf(MeasurementState.Measured) : row.IsDBNull(at + 1) ? Unknown : PlaceOf(EnumTexts.ParseState(row.GetString(at + 1))));
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    private static int PlaceOf(Split? split) => split is { } known ? (int)known + 1 : Unknown;

    private static int PlaceOf(MeasurementState state) => (int)state + 1;

    private static DatasetException Differs() => new("The shards hold other clips than the snapshot says. 'curate verify' names all damage.");

    // What is read is put into the table at the end, so that a reading that stops leaves it as it was.
    private sealed class Filling(IEnumerable<string> measurements, int rows)
    {
        public (string Name, double[] Values, CodedList<MeasurementState?> States)[] Columns { get; } =
            [.. measurements.Distinct(StringComparer.Ordinal).Select(name => (name, new double[rows], new CodedList<MeasurementState?>(rows, [null, .. Enum.GetValues<MeasurementState>()])))];

        public int Rows { get; set; }
    }
}
