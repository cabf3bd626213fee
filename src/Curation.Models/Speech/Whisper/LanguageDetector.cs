namespace Curation.Models.Speech.Whisper;

/// <summary>Finds the language of a window from the first token alone.</summary>
internal static class LanguageDetector
{
    /// <summary>Probabilities of every language that the model has, likeliest first; they sum to 1.</summary>
    public static IReadOnlyList<LanguageProbability> Detect(IWhisperModel model, WhisperSpecialTokens special, IWhisperSound sound)
    {
        if (!special.IsMultilingual) throw new InvalidOperationException("an English-only Whisper model cannot tell languages apart");

        using var decoding = model.Begin(sound);
        decoding.Step([special.StartOfTranscript], sequences: 1);
        var logits = decoding.Logits(0, 0).Slice(special.StartOfTranscript + 1, special.LanguageCount);
        var normaliser = LogProbabilities.LogSumExp(logits);

        var languages = new List<LanguageProbability>(logits.Length);
        for (var i = 0; i < logits.Length; i++) languages.Add(new LanguageProbability(WhisperLanguages.Codes[i], Math.Exp(logits[i] - normaliser)));

        return [.. languages.OrderByDescending(language => language.Probability)];
    }
}
