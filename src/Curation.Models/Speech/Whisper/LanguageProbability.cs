namespace Curation.Models.Speech.Whisper;

/// <summary>How likely a language is.</summary>
/// <param name="Code">A code of <see cref="WhisperLanguages.Codes"/>.</param>
/// <param name="Probability">In [0, 1]; over all languages of the model the sum is 1.</param>
public sealed record LanguageProbability(string Code, double Probability);
