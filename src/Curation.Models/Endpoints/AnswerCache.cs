using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Curation.Models.Endpoints;

/// <summary>Answers that were paid for, one file each, so that a crash or another run never pays twice.</summary>
/// <param name="folder">Where; made when the first answer comes.</param>
public sealed class AnswerCache(string folder)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The name of an answer.</summary>
    /// <param name="subjectHash">What was asked about: the clip's content, and texts shown with it.</param>
    /// <param name="address">The endpoint asked: two services may serve different models under one name.</param>
    /// <param name="model">The model asked.</param>
    /// <param name="prompt">The prompt's name.</param>
    /// <param name="promptVersion">The prompt's version.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string KeyFor(string subjectHash, Uri address, string model, string prompt, string promptVersion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subjectHash}\n{address}\n{model}\n{prompt}\n{promptVersion}")));

    /// <summary>The file of an answer.</summary>
    /// <param name="key">See <see cref="KeyFor"/>.</param>
    /// <returns>A path, whether or not the file exists.</returns>
    public string PathOf(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Path.Combine(folder, key[..2], key + ".json");
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>Null where there is none, or a damaged one, which is then as good as none.</returns>
    internal CachedAnswer? Find(string key)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<CachedAnswer>(File.ReadAllText(PathOf(key)), Json);
            return entry is { Text: not null, ServedBy: not null } && entry.Key == key && entry.Sha256 == Digest(entry.Text) ? entry : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer; readers see the old file or the new one, never half of one.</summary>
    /// <returns>Why it could not be kept; null where it was.</returns>
    internal string? Keep(string key, string text, string servedBy)
    {
        var path = PathOf(key);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                JsonSerializer.Serialize(stream, new CachedAnswer(key, text, servedBy, Digest(text)), Json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>One file.</summary>
    internal sealed record CachedAnswer(
        [property: JsonPropertyName("key")] string Key,
        [property: JsonPropertyName("answer")] string Text,
        [property: JsonPropertyName("served_by")] string ServedBy,
        [property: JsonPropertyName("sha256")] string Sha256);
}
