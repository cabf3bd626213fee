using System.Text.Json;
using System.Text.RegularExpressions;
using Curation.Models.Running;
using Microsoft.ML.Tokenizers;

namespace Curation.Models.Text;

/// <summary>Turns captions into the tokens of an encoder, by the files that were published with it: Qwen's byte-level pairs, or T5's SentencePiece model.</summary>
internal sealed partial class TextTokenizer
{
    private const string PieceFile = "spiece.model";
    private const string VocabularyFile = "vocab.json";
    private const string MergesFile = "merges.txt";
    private const string AddedFile = "added_tokens.json";
    private const string SettingsFile = "tokenizer_config.json";
    private const string QwenEnd = "<|endoftext|>";

    // trainer_spec { bos_id: 0 }. umT5 has no token that begins a text and says -1, which Microsoft.ML.Tokenizers 2.0.1 takes for
    // an index and fails. Protobuf merges what is appended to a message, and no text here begins with that token.
    private static readonly byte[] AnyBeginning = [0x12, 0x03, 0xC8, 0x02, 0x00];

    private readonly Tokenizer _tokenizer;
    private readonly Func<string, string> _clean;

    private TextTokenizer(Tokenizer tokenizer, Func<string, string> clean, int end, int largest)
    {
        (_tokenizer, _clean, End, LargestId) = (tokenizer, clean, end, largest);
    }

    /// <summary>The token that ends every text.</summary>
    public int End { get; }

    /// <summary>The largest id that a text can give.</summary>
    public int LargestId { get; }

    /// <summary>Loads <c>spiece.model</c>, or <c>vocab.json</c> with <c>merges.txt</c> and the file that numbers the added tokens.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing or damaged.</exception>
    public static TextTokenizer Load(string folder)
    {
        var pieces = Path.Combine(folder, PieceFile);
        try
        {
            if (File.Exists(pieces)) return FromSentencePiece(pieces);
            if (!File.Exists(Path.Combine(folder, VocabularyFile)) || !File.Exists(Path.Combine(folder, MergesFile)))
            {
                throw new ModelUnavailableException($"{folder} has neither {PieceFile} (umT5) nor {VocabularyFile} with {MergesFile} (Qwen); put the published tokenizer's files beside the graph");
            }

            return FromPairs(folder);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ModelUnavailableException($"the tokenizer in {folder} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A text's tokens with the one that ends it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many tokens at most; the last is always the end.</param>
    /// <returns>Ids.</returns>
    public int[] Encode(string text, int most) => [.. _tokenizer.EncodeToIds(_clean(text)).Take(most - 1), End];

    // Wan and others join the blanks of a text before umT5's tokenizer sees it; line feeds are no pieces of its vocabulary.
    private static TextTokenizer FromSentencePiece(string path)
    {
        using var model = new MemoryStream([.. File.ReadAllBytes(path), .. AnyBeginning]);
        try
        {
            var tokenizer = SentencePieceTokenizer.Create(model, addBeginningOfSentence: false, addEndOfSentence: false);
            return new TextTokenizer(tokenizer, text => Blanks().Replace(text, " ").Trim(), tokenizer.EndOfSentenceId, tokenizer.Vocabulary.Values.Max());
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or NullReferenceException)
        {
            // The library does not look whether a damaged file has the parts that it reads.
            throw new ModelUnavailableException($"{path} is no complete SentencePiece model", exception);
        }
    }

    private static TextTokenizer FromPairs(string folder)
    {
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(Path.Combine(folder, VocabularyFile))) ?? [];
        if (vocabulary.Count == 0) throw new ModelUnavailableException($"{Path.Combine(folder, VocabularyFile)} has no tokens");
        if (!vocabulary.TryGetValue(QwenEnd, out var end) && !AddedTokens(folder).TryGetValue(QwenEnd, out end))
        {
            throw new ModelUnavailableException($"no file in {folder} numbers the token {QwenEnd}, which ends every text; put {SettingsFile} or {AddedFile} of the published tokenizer beside {VocabularyFile}");
        }

        var merges = File.ReadLines(Path.Combine(folder, MergesFile)).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)).ToList();
        var tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary) { Merges = merges, ByteLevel = true, PreTokenizer = new RegexPreTokenizer(QwenPieces(), null) });
        return new TextTokenizer(tokenizer, text => text, end, Math.Max(end, vocabulary.Values.Max()));
    }

    private static Dictionary<string, int> AddedTokens(string folder)
    {
        var added = Path.Combine(folder, AddedFile);
        if (File.Exists(added)) return JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(added)) ?? [];

        var settings = Path.Combine(folder, SettingsFile);
        if (!File.Exists(settings)) return [];

        using var document = JsonDocument.Parse(File.ReadAllBytes(settings));
        return document.RootElement.TryGetProperty("added_tokens_decoder", out var tokens)
            ? tokens.EnumerateObject().ToDictionary(token => token.Value.GetProperty("content").GetString()!, token => int.Parse(token.Name, null), StringComparer.Ordinal)
            : [];
    }

    // The pattern of Qwen2's and Qwen3's tokenizer.json.
    [GeneratedRegex(@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex QwenPieces();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
