using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Curation.Pipeline.Sources;

/// <summary>Reads a list of sources: a path a line (<c>.txt</c>) or a JSON object a line (<c>.jsonl</c>).</summary>
/// <param name="listPath">Absolute path of the list.</param>
/// <param name="objects">The stores whose objects it may name; null where it may name only files.</param>
internal sealed class SourceListFile(string listPath, ObjectSources? objects)
{
    /// <summary>Extension of lists with one path a line.</summary>
    public const string TextExtension = ".txt";

    /// <summary>Extension of lists with one JSON object a line.</summary>
    public const string JsonExtension = ".jsonl";

    private readonly string _root = Path.GetDirectoryName(listPath)!;
    private readonly bool _isJson = Path.GetExtension(listPath).Equals(JsonExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path is that of a list, by its extension.</summary>
    /// <param name="path">A path.</param>
    /// <returns>True for <c>.txt</c> and <c>.jsonl</c>.</returns>
    public static bool IsList(string path) =>
        Path.GetExtension(path) is var extension
        && (extension.Equals(TextExtension, StringComparison.OrdinalIgnoreCase) || extension.Equals(JsonExtension, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sources of the list, read line by line.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Sources; a line that cannot be understood is one with a problem.</returns>
    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(listPath, Encoding.UTF8);
        await foreach (var (number, line) in BoundedLines.ReadAsync(reader, cancellation))
        {
            if (line is null)
            {
                yield return Broken(number, string.Create(null, $"is longer than {BoundedLines.MaxLength} characters"));
            }
            else if (!string.IsNullOrWhiteSpace(line) && (_isJson || !line.TrimStart().StartsWith('#')))
            {
                yield return _isJson ? ReadJson(number, line) : Locate(number, line.Trim());
            }
        }
    }

    private SourceItem ReadJson(long number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Broken(number, "must be a JSON object such as {\"path\": \"a.mp4\"}");
            if (Text(document.RootElement, "path") is not { Length: > 0 } path) return Broken(number, "has no \"path\"");

            return Locate(number, path) with
            {
                Licence = Text(document.RootElement, "licence") ?? Text(document.RootElement, "license"),
                Rights = Text(document.RootElement, "rights"),
            };
        }
        catch (JsonException exception)
        {
            return Broken(number, $"is not valid JSON: {exception.Message}");
        }
        catch (FormatException exception)
        {
            return Broken(number, exception.Message);
        }
    }

    private SourceItem Locate(long number, string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return Broken(number, "has a path with a zero character");
        if (SourceAddress.IsAddress(path)) return LocateAddress(number, path);

        var full = Path.GetFullPath(path, _root);
        return Path.IsPathFullyQualified(path) || StaysInRoot(full)
            ? SourceFile.Look(full)
            : Broken(number, $"names '{path}', which leaves the list's folder; write an absolute path if that is meant");
    }

    private SourceItem LocateAddress(long number, string address)
    {
        if (SourceUri.ToPath(address) is { } local) return SourceFile.Look(Path.GetFullPath(local));

        // A row names where its source lies for ever: a signature or a password must not get there, nor into a log.
        var bare = SourceAddress.WithoutSecrets(address);
        if (objects is null || !objects.Knows(address))
        {
            return Broken(number, $"names '{bare}', but only paths and file:// addresses of this machine and objects of the configured stores can be read; nothing is fetched from the web");
        }

        if (bare != address) return Broken(number, $"names '{bare}' with a query, a fragment or a password; give the address alone, what the store wants to see belongs into the configuration");
        if (SourceAddress.Leaves(address)) return Broken(number, $"names '{bare}', whose path has a part '.' or '..'");

        return new SourceItem { Uri = address };
    }

    private bool StaysInRoot(string full)
    {
        try
        {
            return RealPath.IsInside(full, _root) && RealPath.IsInside(RealPath.Resolve(full), RealPath.Resolve(_root));
        }
        catch (IOException)
        {
            // Links in a circle lead nowhere, so not into the folder either.
            return false;
        }
    }

    private SourceItem Broken(long number, string problem) => new()
    {
        Uri = string.Create(null, $"{SourceUri.FromPath(listPath)}#L{number}"),
        Problem = string.Create(null, $"line {number} of {Path.GetFileName(listPath)} {problem}"),
    };

    private static string? Text(JsonElement line, string key)
    {
        if (!line.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null) return null;

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"has a \"{key}\" that is not text");
    }
}
