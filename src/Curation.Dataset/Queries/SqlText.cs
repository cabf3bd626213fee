using System.Globalization;

namespace Curation.Dataset.Queries;

/// <summary>Values and names as SQL writes them.</summary>
internal static class SqlText
{
    /// <summary>A text in quotes.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's name in quotes.</summary>
    public static string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A number that reads back as the same double.</summary>
    public static string Number(double value) => $"({value.ToString("R", CultureInfo.InvariantCulture)})::DOUBLE";

    /// <summary>A list of texts.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";
}
