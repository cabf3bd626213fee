namespace Curation.Dataset.Queries;

/// <summary>A measurement of a row in SQL: its value has a column of its own, the rest lies in the list <c>measurements</c>.</summary>
internal static class MeasurementSql
{
    /// <summary>The state of a measurement; NULL where the row does not have it at all.</summary>
    public static string StateOf(string name) => $"{EntryOf(name)}.state";

    /// <summary>Why a measurement has no value.</summary>
    public static string ReasonOf(string name) => $"{EntryOf(name)}.reason";

    private static string EntryOf(string name) => $"list_filter(measurements, lambda m: m.name = {SqlText.Quote(name)})[1]";
}
