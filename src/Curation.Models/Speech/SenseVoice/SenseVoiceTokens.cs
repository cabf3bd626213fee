using System.Text.Json;
using Curation.Models.Running;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>SenseVoice's vocabulary: SentencePiece pieces and tags such as <c>&lt;|en|&gt;</c>.</summary>
public sealed class SenseVoiceTokens
{
    private readonly string[] _pieces;

    /// <summary>Takes a vocabulary.</summary>
    /// <param name="pieces">Pieces by id; 0 is the blank of CTC.</param>
    public SenseVoiceTokens(IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        _pieces = [.. pieces];
    }

    /// <summary>How many pieces.</summary>
    public int Count => _pieces.Length;

    /// <summary>A piece.</summary>
    /// <param name="id">Its id.</param>
    public string this[int id] => _pieces[id];

    /// <summary>Reads <c>tokens.txt</c> (a piece and its id on each line, as sherpa-onnx writes it) or <c>tokens.json</c> (a list of pieces, as FunASR writes it).</summary>
    /// <param name="path">The file.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="ModelUnavailableException">The file is missing or reads otherwise.</exception>
    public static SenseVoiceTokens Read(string path)
    {
        if (!File.Exists(path)) throw new ModelUnavailableException($"{path} does not exist");
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return FromLines(path, File.ReadAllLines(path));

        try
        {
            return new SenseVoiceTokens(JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(path)) ?? throw new JsonException("the list is null"));
        }
        catch (JsonException exception)
        {
            throw new ModelUnavailableException($"{path} is no JSON list of pieces: {exception.Message}", exception);
        }
    }

    /// <summary>Finds a piece.</summary>
    /// <param name="piece">As written in the vocabulary.</param>
    /// <returns>Its id; null where there is none.</returns>
    public int? IdOf(string piece) => Array.IndexOf(_pieces, piece) is >= 0 and var id ? id : null;

    private static SenseVoiceTokens FromLines(string path, string[] lines)
    {
        var pieces = new string?[lines.Length];
        for (var line = 0; line < lines.Length; line++)
        {
            var blank = lines[line].LastIndexOf(' ');
            if (blank < 0 || !int.TryParse(lines[line].AsSpan(blank + 1), out var id) || id < 0 || id >= lines.Length || pieces[id] is not null)
            {
                throw new ModelUnavailableException($"{path} line {line + 1} is no piece with its own id: {lines[line]}");
            }

            pieces[id] = lines[line][..blank];
        }

        return new SenseVoiceTokens(pieces.OfType<string>().ToArray());
    }
}
