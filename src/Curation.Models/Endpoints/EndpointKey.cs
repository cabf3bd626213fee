using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>A secret that never shows itself: it is handed to the transport and taken out of every text that leaves.</summary>
public sealed class EndpointKey
{
    private const string Mask = "[key]";
    private const int ShortestFragment = 8;
    private const long LargestFile = 16 * 1024;

    private readonly string? _secret;
    private readonly string[] _spellings;

    private EndpointKey(string? secret)
    {
        _secret = secret;
        _spellings = secret is null
            ? []
            : [.. new[] { secret, Uri.EscapeDataString(secret), JsonSerializer.Serialize(secret)[1..^1], Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)) }.Distinct()];
    }

    /// <summary>For services that need none.</summary>
    public static EndpointKey None { get; } = new(null);

    /// <summary>What is sent; services without keys get a word that is none.</summary>
    internal string Secret => _secret ?? "none";

    /// <summary>Reads the key that the options name.</summary>
    /// <param name="options">Which variable or file.</param>
    /// <param name="key">The key; <see cref="None"/> where none is named.</param>
    /// <returns>Why there is no key though one is named; else null.</returns>
    public static string? Read(EndpointOptions options, out EndpointKey key)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The names are not quoted: whoever pastes the key itself there must not find it in a row.
        key = None;
        if (options.KeyVariable is { } variable)
        {
            if (Environment.GetEnvironmentVariable(variable)?.Trim() is not { Length: > 0 } value) return "the environment variable that key_env names is not set";

            return Take(value, "the environment variable that key_env names", ref key);
        }

        if (options.KeyFile is not { } file) return null;
        if (!File.Exists(file)) return "the file that key_file names does not exist";

        try
        {
            if (new FileInfo(file).Length > LargestFile) return "the file that key_file names is too large to hold a key";

            return Take(File.ReadAllText(file).Trim(), "the file that key_file names", ref key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the file that key_file names cannot be read";
        }
    }

    /// <summary>Takes the key out of a text, in every spelling a service may echo it in.</summary>
    /// <param name="text">A message.</param>
    /// <returns>The message without the key.</returns>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var spelling in _spellings)
        {
            text = text.Replace(spelling, Mask, StringComparison.OrdinalIgnoreCase);
        }

        // Services like to quote the start or the end of a refused key.
        if (_secret is not { Length: >= 2 * ShortestFragment }) return text;

        return text
            .Replace(_secret[..ShortestFragment], Mask, StringComparison.Ordinal)
            .Replace(_secret[^ShortestFragment..], Mask, StringComparison.Ordinal);
    }

    /// <summary>Whether a text holds the key.</summary>
    internal bool IsIn(string text) => _spellings.Any(spelling => text.Contains(spelling, StringComparison.OrdinalIgnoreCase));

    /// <summary>Shows nothing.</summary>
    /// <returns>A mask.</returns>
    public override string ToString() => _secret is null ? "no key" : Mask;

    private static string? Take(string value, string where, ref EndpointKey key)
    {
        if (value.Length == 0) return $"{where} is empty";
        if (value.Any(c => c is <= ' ' or > '~')) return $"{where} holds spaces or characters that no HTTP header takes";

        key = new EndpointKey(value);
        return null;
    }
}
