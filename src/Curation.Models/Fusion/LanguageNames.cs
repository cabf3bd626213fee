namespace Curation.Models.Fusion;

/// <summary>English names of languages by ISO 639-1 code; the program runs without the system's cultures.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> ByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "Arabic",
        ["bg"] = "Bulgarian",
        ["bn"] = "Bengali",
        ["ca"] = "Catalan",
        ["cs"] = "Czech",
        ["da"] = "Danish",
        ["de"] = "German",
        ["el"] = "Greek",
        ["en"] = "English",
        ["es"] = "Spanish",
        ["et"] = "Estonian",
        ["fa"] = "Persian",
        ["fi"] = "Finnish",
        ["fr"] = "French",
        ["he"] = "Hebrew",
        ["hi"] = "Hindi",
        ["hr"] = "Croatian",
        ["hu"] = "Hungarian",
        ["id"] = "Indonesian",
        ["it"] = "Italian",
        ["ja"] = "Japanese",
        ["ko"] = "Korean",
        ["la"] = "Latin",
        ["lt"] = "Lithuanian",
        ["lv"] = "Latvian",
        ["mr"] = "Marathi",
        ["ms"] = "Malay",
        ["nl"] = "Dutch",
        ["no"] = "Norwegian",
        ["pl"] = "Polish",
        ["pt"] = "Portuguese",
        ["ro"] = "Romanian",
        ["ru"] = "Russian",
        ["sk"] = "Slovak",
        ["sl"] = "Slovenian",
        ["sr"] = "Serbian",
        ["sv"] = "Swedish",
        ["sw"] = "Swahili",
        ["ta"] = "Tamil",
        ["te"] = "Telugu",
        ["th"] = "Thai",
        ["tl"] = "Tagalog",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["ur"] = "Urdu",
        ["vi"] = "Vietnamese",
        ["yue"] = "Cantonese",
        ["zh"] = "Chinese",
    };

    /// <summary>Every name, with its code.</summary>
    public static IReadOnlyDictionary<string, string> All => ByCode;

    /// <summary>The first part of a BCP 47 tag; null where there is none.</summary>
    public static string? Primary(string? tag) =>
        string.IsNullOrWhiteSpace(tag) ? null : tag.Split('-', '_')[0].ToLowerInvariant() switch { "nn" or "nb" => "no", "cmn" => "zh", var code => code };

    /// <summary>The English name; null where it is not in the list.</summary>
    public static string? Find(string? tag) => Primary(tag) is { } code ? ByCode.GetValueOrDefault(code) : null;

    /// <summary>Whether two codes may name the same speech: Cantonese is often called Chinese.</summary>
    public static bool AreCompatible(string a, string b) => a == b || (a is "zh" or "yue" && b is "zh" or "yue");
}
