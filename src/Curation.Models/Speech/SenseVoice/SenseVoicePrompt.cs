using System.Globalization;

namespace Curation.Models.Speech.SenseVoice;

/// <summary>Ids of the queries that SenseVoice is prompted with: rows of an embedding of 16 entries, not of the vocabulary.</summary>
/// <remarks>
/// The graph itself puts four queries before the sound: language, emotion and event (rows 1 and 2, built in) and text
/// normalisation; only the first and the last are inputs. The numbers are those of FunASR's SenseVoiceSmall
/// (lid_dict, textnorm_dict); a sherpa-onnx export repeats them in its metadata, which wins.
/// </remarks>
internal sealed class SenseVoicePrompt
{
    /// <summary>Outputs that answer the queries, before those that answer the sound.</summary>
    public const int Queries = 4;

    private readonly Dictionary<string, int> _languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["auto"] = 0,
        ["zh"] = 3,
        ["en"] = 4,
        ["yue"] = 7,
        ["ja"] = 11,
        ["ko"] = 12,
        ["nospeech"] = 13,
    };

    private readonly int _withNormalisation = 14;
    private readonly int _withoutNormalisation = 15;

    /// <summary>Takes the published ids, and those of the export where it states them.</summary>
    /// <param name="metadata">The graph's own keys and values.</param>
    public SenseVoicePrompt(IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var language in _languages.Keys.ToArray()) _languages[language] = Id(metadata, $"lang_{language}", _languages[language]);
        _withNormalisation = Id(metadata, "with_itn", _withNormalisation);
        _withoutNormalisation = Id(metadata, "without_itn", _withoutNormalisation);
    }

    /// <summary>Id of a language.</summary>
    /// <param name="language">A name; null for automatic.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">SenseVoice has no such language.</exception>
    public int Language(string? language) => _languages.TryGetValue(language ?? "auto", out var id)
        ? id
        : throw new ArgumentException($"SenseVoice knows {string.Join(", ", _languages.Keys)}, not {language}.", nameof(language));

    /// <summary>Id of the way to write.</summary>
    /// <param name="inverse">Whether punctuation and digits are wanted.</param>
    /// <returns>The id.</returns>
    public int TextNormalisation(bool inverse) => inverse ? _withNormalisation : _withoutNormalisation;

    private static int Id(IReadOnlyDictionary<string, string> metadata, string key, int otherwise) =>
        metadata.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : otherwise;
}
