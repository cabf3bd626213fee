using System.Globalization;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Queries;

namespace Curation.Dataset.Browsing;

/// <summary>Searches in SQL over the table that <see cref="ClipIndex"/> makes. Names come from lists of ours, values are quoted.</summary>
internal static class ClipSearchSql
{
    /// <summary>Columns of a listing, in the order of <see cref="ClipBrowser"/>'s reader.</summary>
    public const string Listed = "clip_id, outcome, split, source_uri, start_s, end_s, width, height, caption, rejected_by, reason, poster_path";

    private const string KeyColumn = "sort_key";

    // First the rows of the page, by the columns that find and sort them alone; then all that a list shows, of those rows.
    public static string Page(ClipSearch search) =>
        $"SELECT {Listed}, {NumberOf(search)} FROM {ClipIndex.Table} WHERE rowid IN ({PageRows(search)}) ORDER BY {Order(search, forward: true, KeyOf(search))}";

    public static string Count(ClipSearch search) => $"SELECT count(*) FROM {ClipIndex.Table}{Where(search)}";

    /// <summary>The clip itself, as the search orders it; no row where the search does not find it.</summary>
    public static string Key(ClipSearch search, ClipId id) =>
        $"SELECT {KeyOf(search)} AS {KeyColumn} FROM (SELECT * FROM {ClipIndex.Table}{Where(search)}) WHERE clip_id = {SqlText.Quote(id.Value)}";

    public static string Before(ClipSearch search, ClipId id, string? key) =>
        $"SELECT clip_id, count(*) OVER () FROM ({Keyed(search)}) WHERE {IsBefore(search, id, key)} ORDER BY {Order(search, forward: false, KeyColumn)} LIMIT 1";

    public static string After(ClipSearch search, ClipId id, string? key) =>
        $"SELECT clip_id FROM ({Keyed(search)}) WHERE {IsAfter(search, id, key)} ORDER BY {Order(search, forward: true, KeyColumn)} LIMIT 1";

    public static string Siblings(string sourceUri, int most) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT clip_id, start_s, end_s, outcome FROM {ClipIndex.Table} WHERE source_uri = {SqlText.Quote(sourceUri)} ORDER BY start_s, clip_id LIMIT {most}");

    public static string StartingWith(string start, int most) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT clip_id, shard, shard_row FROM {ClipIndex.Table} WHERE starts_with(clip_id, {SqlText.Quote(start)}) ORDER BY clip_id LIMIT {most}");

    public static string Among(IEnumerable<ClipId> ids) => $"SELECT clip_id FROM {ClipIndex.Table} WHERE clip_id IN ({string.Join(", ", ids.Select(id => SqlText.Quote(id.Value)))})";

    public static string Extents(IReadOnlyList<string> columns) =>
        $"SELECT {string.Join(", ", columns.Select(SqlText.Name).Select(name => $"count({name}), min({name})::DOUBLE, max({name})::DOUBLE"))} FROM {ClipIndex.Table}";

    // Of all clips in the order of sources a page is a range of places.
    private static string PageRows(ClipSearch search) => search.Sort == ClipSearch.SourceOrder && !search.Descending && Where(search).Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"SELECT rowid FROM {ClipIndex.Table} WHERE source_rank > {search.Offset} AND source_rank <= {search.Offset + search.Limit}")
        : string.Create(CultureInfo.InvariantCulture, $"SELECT rowid FROM {ClipIndex.Table}{Where(search)} ORDER BY {Order(search, forward: true, KeyOf(search))} LIMIT {search.Limit} OFFSET {search.Offset}");

    private static string Where(ClipSearch search)
    {
        var conditions = new List<string>();
        if (search.Outcome is { } outcome) conditions.Add($"outcome = {OutcomeNumber(outcome)}");
        if (search.Split is { } split) conditions.Add($"split = {SqlText.Quote(split.ToName())}");
        if (search.RejectedBy is { } filter) conditions.Add($"rejected_by = {SqlText.Quote(filter)}");
        if (search.SourceUri is { } source) conditions.Add($"source_uri = {SqlText.Quote(source)}");
        foreach (var range in search.Ranges)
        {
            if (range.Minimum is { } low) conditions.Add($"{SqlText.Name(range.Column)} >= {SqlText.Number(low)}");
            if (range.Maximum is { } high) conditions.Add($"{SqlText.Name(range.Column)} <= {SqlText.Number(high)}");
        }

        conditions.AddRange(search.Without.Select(name => $"{SqlText.Name(name)} IS NULL"));
        conditions.AddRange(Words(search.Text).Select(word => $"contains(search_text, lower({SqlText.Quote(word)}))"));
        if (search.Except.Count > 0) conditions.Add($"clip_id NOT IN ({string.Join(", ", search.Except.Select(SqlText.Quote))})");
        return conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
    }

    /// <summary>Number of an outcome in the table.</summary>
    public static int OutcomeNumber(ClipOutcome outcome) => (int)outcome;

    private static string[] Words(string? text) =>
        text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string NumberOf(ClipSearch search) => ClipSearch.IsNumber(search.Sort) ? $"{SqlText.Name(search.Sort)}::DOUBLE" : "NULL::DOUBLE";

    private static string KeyOf(ClipSearch search) => search.Sort switch
    {
        ClipSearch.IdOrder => "clip_id",
        ClipSearch.SourceOrder => "source_rank",
        ClipSearch.RandomOrder => $"md5(clip_id || {SqlText.Quote(search.Seed.ToString(CultureInfo.InvariantCulture))})",
        _ => $"{SqlText.Name(search.Sort)}::DOUBLE",
    };

    private static string Keyed(ClipSearch search) => $"SELECT clip_id, {KeyOf(search)} AS {KeyColumn} FROM {ClipIndex.Table}{Where(search)}";

    // Clips without a value stand at the end, whichever way the others go.
    private static string Order(ClipSearch search, bool forward, string key) =>
        $"{key} {(search.Descending == forward ? "DESC" : "ASC")} NULLS {(forward ? "LAST" : "FIRST")}, clip_id {(forward ? "ASC" : "DESC")}";

    private static string IsBefore(ClipSearch search, ClipId id, string? key)
    {
        var name = SqlText.Quote(id.Value);
        return key is null
            ? $"({KeyColumn} IS NOT NULL OR clip_id < {name})"
            : $"({KeyColumn} {(search.Descending ? ">" : "<")} {key} OR ({KeyColumn} = {key} AND clip_id < {name}))";
    }

    private static string IsAfter(ClipSearch search, ClipId id, string? key)
    {
        var name = SqlText.Quote(id.Value);
        return key is null
            ? $"({KeyColumn} IS NULL AND clip_id > {name})"
            : $"({KeyColumn} {(search.Descending ? "<" : ">")} {key} OR ({KeyColumn} = {key} AND clip_id > {name}) OR {KeyColumn} IS NULL)";
    }

    /// <summary>A key that was read, as SQL writes it.</summary>
    public static string? Literal(object? key) => key switch
    {
        null or DBNull => null,
        double number => SqlText.Number(number),
        int rank => rank.ToString(CultureInfo.InvariantCulture),
        _ => SqlText.Quote((string)key),
    };

    /// <summary>The columns of numbers.</summary>
    public static IReadOnlyList<string> Numbers { get; } = [.. ClipSearch.SpanColumns, .. MeasurementCatalog.All.Select(definition => definition.Name)];
}
