using System.Text.Json;
using Curation.Models.Running;
using Microsoft.ML.Tokenizers;

namespace Curation.Models.Captioning;

/// <summary>BART's byte-level byte-pair encoding with the tokens that Florence-2 adds.</summary>
public sealed class BartTokenizer
{
    private const string StartText = "<s>";
    private const string EndText = "</s>";

    private readonly BpeTokenizer _tokenizer;
    private readonly HashSet<int> _special;

    private BartTokenizer(BpeTokenizer tokenizer, IReadOnlyDictionary<string, int> added, int start, int end, int largest)
    {
        _tokenizer = tokenizer;
        _special = [.. added.Values, start, end];
        Start = start;
        End = end;
        LargestId = largest;
    }

    /// <summary>The token that starts a text.</summary>
    public int Start { get; }

    /// <summary>The token that ends a text.</summary>
    public int End { get; }

    /// <summary>The largest id of any token.</summary>
    public int LargestId { get; }

    /// <summary>Loads <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing or damaged.</exception>
    public static BartTokenizer Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);

        var whole = Path.Combine(folder, "tokenizer.json");
        var vocabulary = Path.Combine(folder, "vocab.json");
        var merges = Path.Combine(folder, "merges.txt");
        try
        {
            if (File.Exists(whole))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(whole));
                return FromTokenizerJson(document.RootElement, whole);
            }

            if (!File.Exists(vocabulary) || !File.Exists(merges)) throw new ModelUnavailableException($"{folder} has neither tokenizer.json nor vocab.json with merges.txt");

            var tokens = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(vocabulary)) ?? [];
            return Create(tokens, File.ReadLines(merges).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal)), Added(Path.Combine(folder, "added_tokens.json")), vocabulary);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IOException)
        {
            throw new ModelUnavailableException($"the tokenizer in {folder} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A text's tokens, without start and end.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Ids.</returns>
    public IReadOnlyList<int> Encode(string text) => _tokenizer.EncodeToIds(text);

    /// <summary>The text of tokens; start, end and the model's marks are left out.</summary>
    /// <param name="tokens">Ids.</param>
    /// <returns>The text.</returns>
    public string Decode(IEnumerable<int> tokens) => _tokenizer.Decode(tokens.Where(token => !_special.Contains(token)));

    private static BartTokenizer FromTokenizerJson(JsonElement root, string path)
    {
        var model = root.GetProperty("model");
        var vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
        var merges = model.GetProperty("merges").EnumerateArray().Select(merge => merge.ValueKind == JsonValueKind.String ? merge.GetString()! : $"{merge[0].GetString()} {merge[1].GetString()}");
        var added = root.TryGetProperty("added_tokens", out var list)
            ? list.EnumerateArray().ToDictionary(token => token.GetProperty("content").GetString()!, token => token.GetProperty("id").GetInt32(), StringComparer.Ordinal)
            : [];
        return Create(vocabulary, merges, added, path);
    }

    private static Dictionary<string, int> Added(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(path)) ?? [] : [];

    private static BartTokenizer Create(Dictionary<string, int> vocabulary, IEnumerable<string> merges, Dictionary<string, int> added, string path)
    {
        foreach (var (text, id) in added) vocabulary.TryAdd(text, id);
        if (!vocabulary.TryGetValue(StartText, out var start) || !vocabulary.TryGetValue(EndText, out var end)) throw new ModelUnavailableException($"{path} lacks the tokens {StartText} and {EndText}");

        var tokenizer = BpeTokenizer.Create(new BpeOptions(vocabulary)
        {
            Merges = merges.ToList(),
            ByteLevel = true,
            PreTokenizer = RobertaPreTokenizer.Instance,
        });
        return new BartTokenizer(tokenizer, added, start, end, vocabulary.Values.Max());
    }
}
