using System.Globalization;
using System.Text.Json;
using Curation.Models.Running;

namespace Curation.Models.Contracts;

/// <summary>Names of a classifier's outputs, in the order of the outputs.</summary>
/// <param name="Labels">The names.</param>
public sealed record LabelList(IReadOnlyList<string> Labels)
{
    /// <summary>Reads <c>id2label</c> of the Hugging Face <c>config.json</c> that lies beside a model.</summary>
    /// <param name="path">The <c>config.json</c>.</param>
    /// <returns>The names by index.</returns>
    /// <exception cref="ModelUnavailableException">The file is missing or names no labels 0, 1, 2, ...</exception>
    public static LabelList FromConfig(string path)
    {
        if (!File.Exists(path)) throw new ModelUnavailableException($"{path} does not exist; put the model's own config.json beside it, the names of its classes are read from there");

        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            if (!document.RootElement.TryGetProperty("id2label", out var labels)) throw new ModelUnavailableException($"{path} has no id2label");

            var byIndex = labels.EnumerateObject().ToDictionary(label => int.Parse(label.Name, CultureInfo.InvariantCulture), label => label.Value.GetString() ?? "");
            return new LabelList([.. Enumerable.Range(0, byIndex.Count).Select(index => byIndex[index])]);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ModelUnavailableException($"{path} does not name its labels as id2label {{\"0\": ..., \"1\": ...}}: {exception.Message}", exception);
        }
    }

    /// <summary>Where a label stands.</summary>
    /// <param name="label">Its name; case does not matter.</param>
    /// <returns>Its index; null where there is none.</returns>
    public int? IndexOf(string label)
    {
        for (var index = 0; index < Labels.Count; index++)
        {
            if (string.Equals(Labels[index], label, StringComparison.OrdinalIgnoreCase)) return index;
        }

        return null;
    }
}
