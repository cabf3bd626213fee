using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Queries;

/// <summary>How one measurement lies over the clips of a snapshot.</summary>
/// <param name="Name">The measurement.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Measured">Clips that have a value.</param>
/// <param name="Minimum">Smallest value; null where no clip has one. So for those below.</param>
/// <param name="P05">A twentieth of the values is not above it.</param>
/// <param name="Median">Half of the values are not above it.</param>
/// <param name="P95">All but a twentieth of the values are not above it.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Histogram">Clips in equal parts of the range between the two twentieths; what lies outside counts in the first and the last part.</param>
public sealed record MeasurementSummary(
    string Name, string Unit, long Measured, double? Minimum, double? P05, double? Median, double? P95, double? Maximum, IReadOnlyList<long> Histogram)
{
    private const int Bins = 16;

    /// <summary>Summarises every measurement that some clip has.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>In the order of the columns.</returns>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<IReadOnlyList<MeasurementSummary>> LoadAsync(IDatasetStore store, SnapshotManifest manifest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);

        using var files = await ShardFiles.OpenAsync(store, manifest, cancellationToken).ConfigureAwait(false);
        var tables = Enum.GetValues<ClipOutcome>().Select(files.From).OfType<string>().ToList();
        if (tables.Count == 0) return [];

        var summaries = new List<MeasurementSummary>();
        var session = await DuckDbSession.OpenAsync(new QueryOptions(), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var columns = await ColumnsAsync(session, tables, cancellationToken).ConfigureAwait(false);
            foreach (var definition in MeasurementCatalog.All.Where(definition => columns.Contains(definition.Name)))
            {
                if (await SummariseAsync(session, tables, definition, cancellationToken).ConfigureAwait(false) is { } summary) summaries.Add(summary);
            }
        }

        return summaries;
    }

    // A data set of an older version lacks the measurements that came later.
    private static async Task<HashSet<string>> ColumnsAsync(DuckDbSession session, List<string> tables, CancellationToken cancellationToken)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await session.ReadAsync($"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})", row => columns.Add(row.GetString(0)), cancellationToken).ConfigureAwait(false);
        }

        return columns;
    }

    private static async Task<MeasurementSummary?> SummariseAsync(DuckDbSession session, List<string> tables, MeasurementDefinition definition, CancellationToken cancellationToken)
    {
        var values = string.Join(" UNION ALL ", tables.Select(table => $"SELECT {SqlText.Name(definition.Name)} AS v FROM {table} WHERE v IS NOT NULL"));
        var bin = $"CASE WHEN high > low THEN least(greatest(floor((v - low) / (high - low) * {Bins}), 0), {Bins - 1}) ELSE 0 END";
        var sql = $"""
            WITH clips AS MATERIALIZED ({values}),
                 ends AS (SELECT quantile_cont(v, 0.05) AS low, quantile_cont(v, 0.5) AS middle, quantile_cont(v, 0.95) AS high, min(v) AS least, max(v) AS most FROM clips)
            SELECT ({bin})::INTEGER AS bin, count(*), any_value(least), any_value(low), any_value(middle), any_value(high), any_value(most) FROM clips, ends GROUP BY bin
            """;
        var histogram = new long[Bins];
        var numbers = new double[5];
        await session.ReadAsync(sql, row =>
        {
            histogram[row.GetInt32(0)] = row.GetInt64(1);
            for (var index = 0; index < numbers.Length; index++) numbers[index] = row.GetDouble(index + 2);
        }, cancellationToken).ConfigureAwait(false);
        return histogram.Sum() == 0 ? null : new MeasurementSummary(definition.Name, definition.Unit, histogram.Sum(), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], histogram);
    }
}
