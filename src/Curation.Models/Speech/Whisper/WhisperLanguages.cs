namespace Curation.Models.Speech.Whisper;

/// <summary>The languages of Whisper's vocabulary, in the order of their tokens.</summary>
public static class WhisperLanguages
{
    /// <summary>ISO 639 codes as Whisper writes them (<c>jw</c> is Javanese, <c>iw</c> is not used); the hundredth, <c>yue</c>, exists from large-v3 on.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it", "id", "hi", "fi", "vi",
        "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur", "hr", "bg", "lt", "la", "mi", "ml", "cy", "sk",
        "te", "fa", "lv", "bn", "sr", "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs", "kk", "sq", "sw",
        "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am", "yi", "lo", "uz", "fo",
        "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw", "ln", "ha", "ba", "jw", "su", "yue",
    ];

    /// <summary>Whether the language is written without blanks between words, so that words are cut at characters.</summary>
    /// <param name="code">A code of <see cref="Codes"/>; null counts as no.</param>
    /// <returns>True for zh, ja, th, lo, my and yue, as upstream's word timestamps have it.</returns>
    public static bool IsWrittenWithoutBlanks(string? code) => code is "zh" or "ja" or "th" or "lo" or "my" or "yue";
}
