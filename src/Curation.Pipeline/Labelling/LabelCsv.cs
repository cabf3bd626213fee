using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Labelling;

/// <summary>Labels as CSV (RFC 4180, UTF-8), as <c>curate calibrate --labels</c> reads them: the columns <c>clip_id,keep</c>, and when and by whom.</summary>
public static class LabelCsv
{
    private const string Keep = "keep", Drop = "drop";

    private static readonly string[] Columns = ["clip_id", "keep", "labelled_utc", "labelled_by"];
    private static readonly string[] KeepWords = ["1", "true", "yes", Keep];
    private static readonly string[] DropWords = ["0", "false", "no", Drop];

    /// <summary>Writes labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>One line each, in their order, below the names of the columns.</returns>
    public static string Write(IEnumerable<ClipLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var text = new StringBuilder();

        // A name that a spreadsheet would take for a formula is written so that it is none.
        using var csv = new CsvWriter(new StringWriter(text, CultureInfo.InvariantCulture), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape });
        foreach (var column in Columns) csv.WriteField(column);
        foreach (var label in labels)
        {
            csv.NextRecord();
            csv.WriteField(label.Id.Value);
            csv.WriteField(label.Keep ? Keep : Drop);
            csv.WriteField(label.LabelledUtc?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            csv.WriteField(label.LabelledBy);
        }

        csv.NextRecord();
        csv.Flush();
        return text.ToString();
    }

    /// <summary>Reads labels.</summary>
    /// <param name="text">What <see cref="Write"/> wrote, or a person by hand.</param>
    /// <param name="place">Where it lies, for faults.</param>
    /// <returns>One label a clip; of a clip that is labelled twice the last one. In the order of their last lines.</returns>
    /// <exception cref="DatasetException">It holds what would be lost when it is written again.</exception>
    public static IReadOnlyList<ClipLabel> Read(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => throw Unusable(place, bad.Context.Parser!.RawRow, "a quotation mark stands in the middle of a value"),
        });
        if (!csv.Read()) return [];

        var names = csv.Record!;
        if (names.FirstOrDefault(name => !Columns.Contains(name)) is { } stranger) throw Unusable(place, 1, $"the column '{stranger}' is none of {string.Join(", ", Columns)}");
        if (!names.Contains(Columns[0]) || !names.Contains(Columns[1])) throw Unusable(place, 1, $"the columns {Columns[0]} and {Columns[1]} must both be there");

        var labels = new List<ClipLabel>();
        while (csv.Read())
        {
            labels.Add(Label(csv.Record!, names) ?? throw Unusable(place, csv.RawRow, $"is not a clip with one of {string.Join(", ", KeepWords.Concat(DropWords))}"));
        }

        return [.. Enumerable.Reverse(labels).DistinctBy(label => label.Id).Reverse()];
    }

    private static ClipLabel? Label(string[] record, string[] names)
    {
        string? Value(string column) => Array.IndexOf(names, column) is var at && at >= 0 && at < record.Length && record[at].Length > 0 ? record[at] : null;

        var word = Value(Columns[1])?.ToLowerInvariant();
        if (Value(Columns[0]) is not { } id || (!KeepWords.Contains(word) && !DropWords.Contains(word))) return null;

        var when = DateTimeOffset.TryParse(Value(Columns[2]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        return new ClipLabel(new ClipId(id), KeepWords.Contains(word), when, Value(Columns[3]));
    }

    private static DatasetException Unusable(string place, int line, string what) =>
        new(string.Create(null, $"{place}:{line}: {what}. Labels cannot be added to this file without losing something; mend it or move it away. It was not changed."));
}
