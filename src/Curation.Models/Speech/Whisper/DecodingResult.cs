namespace Curation.Models.Speech.Whisper;

/// <summary>What one window of 30 seconds was decoded to.</summary>
/// <param name="Language">A code of <see cref="WhisperLanguages.Codes"/>: the one asked for, or the one detected.</param>
/// <param name="Tokens">Sampled tokens, timestamps among them, without the prompt and the end.</param>
/// <param name="Text">The text of the tokens, trimmed.</param>
public sealed record DecodingResult(string Language, IReadOnlyList<int> Tokens, string Text)
{
    /// <summary>Probability in [0, 1] of the detected language; null where the language was given.</summary>
    public double? LanguageProbability { get; init; }

    /// <summary>Mean natural-log probability of the sampled tokens and the end; 0 is certain.</summary>
    public double AverageLogProbability { get; init; }

    /// <summary>Probability in [0, 1] of the no-speech token at the start of the transcript.</summary>
    public double NoSpeechProbability { get; init; }

    /// <summary>UTF-8 bytes of the text over their zlib-compressed size.</summary>
    public double CompressionRatio { get; init; }

    /// <summary>The temperature it was sampled at.</summary>
    public double Temperature { get; init; }
}
