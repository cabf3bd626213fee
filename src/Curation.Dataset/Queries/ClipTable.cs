using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Queries;

/// <summary>The clips of one snapshot, column by column, in memory: about 100 bytes a clip and 9 more for each measurement.</summary>
public sealed class ClipTable
{
    private readonly List<string> _ids = [];
    private readonly List<Split?> _splits = [];
    private readonly List<double> _seconds = [];
    private readonly List<ClipOutcome> _outcomes = [];
    private readonly Dictionary<string, (List<double> Values, List<MeasurementState?> States)> _columns;

    private ClipTable(IEnumerable<string> measurements) =>
        _columns = measurements.ToDictionary(name => name, _ => (new List<double>(), new List<MeasurementState?>()), StringComparer.Ordinal);

    /// <summary>Clips.</summary>
    public int Rows => _ids.Count;

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
    /// <exception cref="DatasetException">A shard is gone or damaged, or is of a version without one of the measurements.</exception>
    public static async Task<ClipTable> LoadAsync(IDatasetStore store, SnapshotManifest manifest, IReadOnlyCollection<string> measurements, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(measurements);
        foreach (var name in measurements) _ = MeasurementCatalog.Get(name);

        var table = new ClipTable(measurements);
        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var session = await DuckDbSession.OpenAsync(new QueryOptions(), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var outcome in Enum.GetValues<ClipOutcome>())
            {
                if (files.From(outcome) is { } from) await table.AddAsync(session, from, outcome, [.. measurements], cancellationToken).ConfigureAwait(false);
            }
        }

        return table;
    }

    /// <summary>A measurement's values.</summary>
    /// <param name="measurement">One of those that were read.</param>
    /// <returns>One for each clip; NaN where there is none.</returns>
    public IReadOnlyList<double> Values(string measurement) => _columns[measurement].Values;

    /// <summary>Whether a measurement could be made.</summary>
    /// <param name="measurement">One of those that were read.</param>
    /// <returns>One for each clip; null where nothing is known of it at all.</returns>
    public IReadOnlyList<MeasurementState?> States(string measurement) => _columns[measurement].States;

    private async Task AddAsync(DuckDbSession session, string from, ClipOutcome outcome, string[] measurements, CancellationToken cancellationToken)
    {
        var columns = measurements.SelectMany(name => new[] { SqlText.Name(name), $"CASE WHEN {SqlText.Name(name)} IS NULL THEN {MeasurementSql.StateOf(name)} END" });
        var sql = $"SELECT clip_id, split, duration_s{string.Concat(columns.Select(column => $", {column}"))} FROM {from}";
        await session.ReadAsync(sql, row =>
        {
            _ids.Add(row.GetString(0));
            _splits.Add(row.IsDBNull(1) ? null : SplitNames.Find(row.GetString(1)));
            _seconds.Add(row.GetDouble(2));
            _outcomes.Add(outcome);
            for (var index = 0; index < measurements.Length; index++)
            {
                var (values, states) = _columns[measurements[index]];
                var at = 3 + (2 * index);
                var measured = !row.IsDBNull(at);
                values.Add(measured ? row.GetDouble(at) : double.NaN);
                states.Add(measured ? MeasurementState.Measured : row.IsDBNull(at + 1) ? null : EnumTexts.ParseState(row.GetString(at + 1)));
            }
        }, cancellationToken).ConfigureAwait(false);
    }
}
