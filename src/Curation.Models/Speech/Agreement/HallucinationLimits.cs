namespace Curation.Models.Speech.Agreement;

/// <summary>Limits of the hallucination checks. Whisper's two are its own defaults; the others are uncalibrated.</summary>
/// <param name="LongestPhrase">Words of the longest phrase whose repetition is looked for; CJK characters count as words.</param>
/// <param name="Repetitions">A phrase said this often in a row is suspicious where it also fills <paramref name="RepeatedWords"/>.</param>
/// <param name="RepeatedWords">Words that such a row must fill: "no no no" is speech. A song's chorus can still trip it.</param>
/// <param name="CompressionRatio">UTF-8 bytes over zlib bytes above which text repeats itself: 2.4 in Whisper.</param>
/// <param name="CharactersPerSecond">Letters and digits a second of speech, a CJK character counting as two: fast speech reaches about 25.</param>
/// <param name="SilenceMarginSeconds">How far a word's times may be off.</param>
/// <param name="SilentShare">Share of the words that may lie outside speech.</param>
/// <param name="SilentWords">As few words outside speech are never suspicious, unless there is no speech at all.</param>
/// <param name="NoSpeechProbability">Whisper's no_speech_threshold.</param>
/// <param name="AverageLogProbability">Whisper's logprob_threshold: above it the words are believed in spite of "no speech".</param>
public sealed record HallucinationLimits(
    int LongestPhrase = 12,
    int Repetitions = 4,
    int RepeatedWords = 8,
    double CompressionRatio = 2.4,
    double CharactersPerSecond = 30,
    double SilenceMarginSeconds = 0.3,
    double SilentShare = 0.3,
    int SilentWords = 2,
    double NoSpeechProbability = 0.6,
    double AverageLogProbability = -1);
