using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Curation.Models.Running;
using Microsoft.ML.Tokenizers;

namespace Curation.Models.Speech.Whisper;

/// <summary>The text tokens: an encoder from Microsoft.ML.Tokenizers, and each token's bytes. The bytes are kept here because
/// a token may be part of a character, and word times need such tokens put together by hand.</summary>
internal sealed partial class WhisperVocabulary
{
    private readonly Tokenizer _encoder;
    private readonly byte[][] _bytes;

    private WhisperVocabulary(Tokenizer encoder, byte[][] bytes)
    {
        _encoder = encoder;
        _bytes = bytes;
    }

    /// <summary>Number of text tokens.</summary>
    public int Count => _bytes.Length;

    public IReadOnlyList<int> Encode(string text) => _encoder.EncodeToIds(text);

    public ReadOnlySpan<byte> Bytes(int token) => _bytes[token];

    /// <summary>Reads OpenAI's format: a base64 token and its rank a line.</summary>
    public static WhisperVocabulary FromTiktoken(string path)
    {
        var bytes = new List<byte[]>();
        var kept = new StringBuilder();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0) continue;

            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank <= 0 || !int.TryParse(line.AsSpan(blank + 1), out var rank) || rank != bytes.Count) throw new ModelUnavailableException($"{path} line {number} is not '<base64> {bytes.Count}'");

            // The multilingual vocabulary ends in an empty token written as a lone '=': a slot that no text reaches.
            if (line[..blank] == "=")
            {
                bytes.Add([]);
                continue;
            }

            var token = new byte[line.Length];
            if (!Convert.TryFromBase64String(line[..blank], token, out var length)) throw new ModelUnavailableException($"{path} line {number} is not base64");

            bytes.Add(token[..length]);
            kept.Append(line).Append('\n');
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(kept.ToString()));
        return new WhisperVocabulary(TiktokenTokenizer.Create(stream, new RegexPreTokenizer(Pieces(), null), null), [.. bytes]);
    }

    /// <summary>Reads Hugging Face's tokenizer.json: a byte-level BPE with vocabulary and merges.</summary>
    public static WhisperVocabulary FromTokenizerJson(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var model = document.RootElement.GetProperty("model");
            var special = document.RootElement.TryGetProperty("added_tokens", out var added)
                ? added.EnumerateArray().Select(token => token.GetProperty("id").GetInt32()).ToHashSet()
                : [];
            var vocabulary = model.GetProperty("vocab").EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetInt32())).Where(entry => !special.Contains(entry.Value)).ToList();
            var merges = model.GetProperty("merges").EnumerateArray().Select(Merge).ToList();

            return new WhisperVocabulary(ByteLevelBpe(vocabulary, merges), TokenBytes(path, vocabulary));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ModelUnavailableException($"{path} is no byte-level BPE tokenizer: {exception.Message}", exception);
        }
    }

    private static BpeTokenizer ByteLevelBpe(List<KeyValuePair<string, int>> vocabulary, List<string> merges)
    {
        return BpeTokenizer.Create(new BpeOptions(vocabulary.Where(entry => entry.Key.Length > 0)) { Merges = merges, ByteLevel = true, PreTokenizer = new RegexPreTokenizer(Pieces(), null) });
    }

    private static string Merge(JsonElement merge)
    {
        return merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!;
    }

    private static byte[][] TokenBytes(string path, List<KeyValuePair<string, int>> vocabulary)
    {
        var letters = ByteLetters();
        var bytes = new byte[vocabulary.Max(entry => entry.Value) + 1][];
        foreach (var (text, id) in vocabulary)
        {
            bytes[id] = [.. text.Select(letter => letters.TryGetValue(letter, out var value) ? value : throw new ModelUnavailableException($"{path} token {id} is not written in byte-level letters"))];
        }

        for (var id = 0; id < bytes.Length; id++) bytes[id] ??= [];
        return bytes;
    }

    /// <summary>GPT-2's letters for bytes: printable bytes stand for themselves, the others for U+0100 on.</summary>
    private static Dictionary<char, byte> ByteLetters()
    {
        var letters = new Dictionary<char, byte>();
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            letters.Add(printable ? (char)value : (char)next++, (byte)value);
        }

        return letters;
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Pieces();
}
