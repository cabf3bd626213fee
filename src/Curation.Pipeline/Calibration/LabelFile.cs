using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Curation.Pipeline.Calibration;

/// <summary>Reads labels: a CSV file (RFC 4180, UTF-8) whose first line names the columns <c>clip_id</c> and <c>keep</c>; others are not looked at.</summary>
public static class LabelFile
{
    private const string IdColumn = "clip_id";
    private const string KeepColumn = "keep";

    private static readonly string[] KeepWords = ["1", "true", "yes", "keep"];
    private static readonly string[] DropWords = ["0", "false", "no", "drop"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">Names of the clips there are.</param>
    /// <returns>The labels; a clip that is labelled twice alike counts once.</returns>
    /// <exception cref="CalibrationException">It cannot be used; holds every fault with its line.</exception>
    public static ClipLabels Load(string path, IReadOnlySet<string> known)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var reader = new StreamReader(path);
            return Parse(reader, path, known);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CalibrationException([$"{path}: no such file; give a CSV file with the columns {IdColumn},{KeepColumn}."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CalibrationException([$"{path}: cannot be read: {exception.Message}"]);
        }
    }

    /// <summary>Reads labels from text.</summary>
    /// <param name="text">CSV.</param>
    /// <param name="source">What the text is called in faults.</param>
    /// <param name="known">Names of the clips there are.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="CalibrationException">They cannot be used; holds every fault with its line.</exception>
    public static ClipLabels Parse(TextReader text, string source, IReadOnlySet<string> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);

        var faults = new List<string>();
        var labels = new Dictionary<string, bool>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        using var csv = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => Fault(bad.Context.Parser!.RawRow, "a quotation mark stands in the middle of a value; put the whole value in quotation marks and double those inside"),
        });

        if (!csv.Read())
        {
            Fault(1, $"the file is empty; its first line must be {IdColumn},{KeepColumn}");
            throw new CalibrationException(faults);
        }

        var head = csv.RawRow;
        var (id, keep) = (Find(IdColumn), Find(KeepColumn));
        if (id < 0 || keep < 0) throw new CalibrationException(faults);

        while (csv.Read()) Take(csv.Record!, csv.RawRow);
        if (labels.Count == 0 && faults.Count == 0) Fault(head, "there are no labels below the first line");
        return faults.Count == 0 ? new ClipLabels(source, labels) : throw new CalibrationException(faults);

        int Find(string column)
        {
            var places = Enumerable.Range(0, csv.Count).Where(place => csv[place] == column).ToList();
            if (places.Count == 0) Fault(csv.RawRow, $"there is no column '{column}'; the first line must name {IdColumn} and {KeepColumn}, and it names {string.Join(", ", csv.Record!.Select(name => $"'{name}'"))}");
            if (places.Count > 1) Fault(csv.RawRow, $"the column '{column}' stands there twice");
            return places.Count == 1 ? places[0] : -1;
        }

        void Take(string[] record, int line)
        {
            if (record.Length <= Math.Max(id, keep))
            {
                Fault(line, string.Create(null, $"has {record.Length} of the columns; {(record.Length <= id ? IdColumn : KeepColumn)} is missing"));
                return;
            }

            var clip = record[id];
            var word = record[keep].ToLowerInvariant();
            var label = KeepWords.Contains(word);
            var isClip = known.Contains(clip);
            var isWord = label || DropWords.Contains(word);
            if (!isClip) Fault(line, $"the snapshot has no clip '{clip}'");
            if (!isWord) Fault(line, $"'{record[keep]}' is not a label; write one of {string.Join(", ", KeepWords.Concat(DropWords))}");
            if (!isClip || !isWord) return;

            if (lines.TryAdd(clip, line)) labels.Add(clip, label);
            else if (labels[clip] != label) Fault(line, string.Create(null, $"the clip '{clip}' is labelled {(label ? "keep" : "drop")} here and {(label ? "drop" : "keep")} in line {lines[clip]}"));
        }

        void Fault(int line, string what) => faults.Add(string.Create(null, $"{source}:{line}: {what}"));
    }
}
