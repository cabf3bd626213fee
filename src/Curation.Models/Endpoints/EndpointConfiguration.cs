using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>The endpoints of a models folder.</summary>
/// <param name="Slots">Options by slot; empty where no endpoint is configured.</param>
public sealed record EndpointConfiguration(IReadOnlyDictionary<string, EndpointOptions> Slots)
{
    /// <summary>The file's name inside a models folder.</summary>
    public const string FileName = "endpoints.json";

    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>No endpoint.</summary>
    public static EndpointConfiguration Empty { get; } = new(new Dictionary<string, EndpointOptions>());

    /// <summary>Reads <c>endpoints.json</c>.</summary>
    /// <param name="path">The file, or the folder it lies in.</param>
    /// <returns>Empty where the folder has no such file.</returns>
    /// <exception cref="EndpointConfigurationException">The file named does not exist, or something in it is wrong: every fault at once.</exception>
    public static EndpointConfiguration Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        if (Directory.Exists(path))
        {
            path = Path.Combine(path, FileName);
            if (!File.Exists(path)) return Empty;
        }

        if (!File.Exists(path)) throw new EndpointConfigurationException(path, ["the file does not exist"]);

        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads the text of <c>endpoints.json</c>.</summary>
    /// <param name="json">An object of slots.</param>
    /// <param name="path">Named in messages; relative key files lie beside it.</param>
    /// <returns>The options.</returns>
    /// <exception cref="EndpointConfigurationException">Something is wrong: every fault at once.</exception>
    public static EndpointConfiguration Parse(string json, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrEmpty(path);

        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            return Read(document.RootElement, path);
        }
        catch (JsonException exception)
        {
            throw new EndpointConfigurationException(path, [$"not JSON at line {exception.LineNumber + 1}"]);
        }
    }

    private static EndpointConfiguration Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new EndpointConfigurationException(path, ["expected an object of slots"]);

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var errors = new List<string>();
        var slots = new Dictionary<string, EndpointOptions>(StringComparer.Ordinal);
        foreach (var entry in root.EnumerateObject())
        {
            if (!EndpointSlots.All.Contains(entry.Name)) errors.Add($"'{entry.Name}' is no slot of an endpoint; there are {string.Join(", ", EndpointSlots.All)}");
            else if (slots.ContainsKey(entry.Name)) errors.Add($"{entry.Name} stands there twice");
            else if (EndpointEntry.Read(entry.Name, entry.Value, folder, errors) is { } options) slots[entry.Name] = options;
        }

        return errors.Count == 0 ? new EndpointConfiguration(slots) : throw new EndpointConfigurationException(path, errors);
    }
}
