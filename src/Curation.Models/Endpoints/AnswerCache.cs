using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Curation.Models.Endpoints;

/// <summary>Answers that were paid for, one file each, so that a crash or another run never pays twice.</summary>
public sealed class AnswerCache
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Func<string, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> _read;
    private readonly Func<string, ReadOnlyMemory<byte>, CancellationToken, ValueTask> _write;

    /// <summary>Answers in a folder.</summary>
    /// <param name="folder">Where; made when the first answer comes.</param>
    public AnswerCache(string folder)
        : this(new AnswerFolder(folder).ReadAsync, new AnswerFolder(folder).WriteAsync)
    {
    }

    /// <summary>Answers in another place.</summary>
    /// <param name="read">Reads a file by its relative path with forward slashes; null where there is none.</param>
    /// <param name="write">Writes a file whole, or not at all.</param>
    public AnswerCache(Func<string, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> read, Func<string, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(write);
        _read = read;
        _write = write;
    }

    /// <summary>The name of an answer.</summary>
    /// <param name="subjectHash">What was asked about: the clip's content, and texts shown with it.</param>
    /// <param name="model">The model asked.</param>
    /// <param name="prompt">The prompt's name.</param>
    /// <param name="promptVersion">The prompt's version.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string KeyFor(string subjectHash, string model, string prompt, string promptVersion) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subjectHash}\n{model}\n{prompt}\n{promptVersion}")));

    /// <summary>The file of an answer.</summary>
    /// <param name="key">See <see cref="KeyFor"/>.</param>
    /// <returns>A relative path with forward slashes, whether or not the file exists.</returns>
    public static string PathOf(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return $"{key[..2]}/{key}.json";
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>Null where there is none, or a damaged one, which is then as good as none.</returns>
    internal async ValueTask<CachedAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (await _read(PathOf(key), cancellationToken).ConfigureAwait(false) is not { } content) return null;

        try
        {
            var entry = JsonSerializer.Deserialize<CachedAnswer>(content.Span, Json);
            return entry is { Text: not null, ServedBy: not null } && entry.Key == key && entry.Sha256 == Digest(entry.Text) ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer; readers see the old file or the new one, never half of one.</summary>
    /// <returns>Why it could not be kept; null where it was.</returns>
    internal async ValueTask<string?> KeepAsync(string key, string text, string servedBy, CancellationToken cancellationToken)
    {
        try
        {
            await _write(PathOf(key), JsonSerializer.SerializeToUtf8Bytes(new CachedAnswer(key, text, servedBy, Digest(text)), Json), cancellationToken).ConfigureAwait(false);
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
