namespace Curation.Dataset.Exporting;

/// <summary>The names of the formats as they stand in commands and in <c>export.json</c>.</summary>
public static class ExportFormatNames
{
    private static readonly (ExportFormat Format, string Name)[] Names =
    [
        (ExportFormat.WebDataset, "webdataset"),
        (ExportFormat.Jsonl, "jsonl"),
        (ExportFormat.HuggingFace, "hf"),
    ];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    /// <summary>The name of a format.</summary>
    /// <param name="format">A format.</param>
    /// <returns>For example <c>webdataset</c>.</returns>
    public static string ToName(this ExportFormat format) => Names.First(entry => entry.Format == format).Name;

    /// <summary>The format with a name.</summary>
    /// <param name="name">For example <c>webdataset</c>.</param>
    /// <returns>Null where no format has the name.</returns>
    public static ExportFormat? Find(string name)
    {
        foreach (var entry in Names)
        {
            if (entry.Name == name) return entry.Format;
        }

        return null;
    }
}
