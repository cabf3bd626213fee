namespace Curation.Models.Speech.Whisper;

/// <summary>Ids of the tokens that are not text. They follow the text tokens without gaps in this order: end of text, start of
/// transcript, languages, translate, transcribe, language model, previous text, no speech, no timestamps, 1501 timestamps.</summary>
public sealed record WhisperSpecialTokens
{
    /// <summary>Timestamps 0.00, 0.02 ... 30.00 seconds.</summary>
    public const int TimestampCount = 1501;

    private const int EnglishTextTokens = 50256;
    private const int OtherSpecialTokens = 8;

    private WhisperSpecialTokens(int textTokens, int languages)
    {
        EndOfText = textTokens;
        LanguageCount = languages;
        IsMultilingual = textTokens > EnglishTextTokens;
    }

    /// <summary>Ends the text; the first id that is not text.</summary>
    public int EndOfText { get; }

    /// <summary>Languages that have a token: 99, or 100 from large-v3 on.</summary>
    public int LanguageCount { get; }

    /// <summary>Whether the model knows more than English; the English-only models have the tokens but were never taught them.</summary>
    public bool IsMultilingual { get; }

    /// <summary>Starts the transcript.</summary>
    public int StartOfTranscript => EndOfText + 1;

    /// <summary>Asks for a translation into English.</summary>
    public int Translate => StartOfTranscript + LanguageCount + 1;

    /// <summary>Asks for the words as spoken.</summary>
    public int Transcribe => Translate + 1;

    /// <summary>Starts plain language modelling; never sampled.</summary>
    public int StartOfLanguageModel => Translate + 2;

    /// <summary>Stands before the text of the window before.</summary>
    public int StartOfPrevious => Translate + 3;

    /// <summary>Its probability at the start of the transcript is the probability that nobody speaks.</summary>
    public int NoSpeech => Translate + 4;

    /// <summary>Asks for text without timestamps.</summary>
    public int NoTimestamps => Translate + 5;

    /// <summary>The timestamp 0.00; every id from here on is a timestamp.</summary>
    public int TimestampBegin => Translate + 6;

    /// <summary>Size of the whole vocabulary.</summary>
    public int VocabularySize => TimestampBegin + TimestampCount;

    /// <summary>Lays the tokens out for a model.</summary>
    /// <param name="vocabularySize">Last size of the model's logits: 51864 English only, 51865 multilingual, 51866 from large-v3 on.</param>
    /// <returns>The ids.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No published Whisper has that vocabulary.</exception>
    public static WhisperSpecialTokens For(int vocabularySize)
    {
        var textTokens = vocabularySize <= 51864 ? EnglishTextTokens : EnglishTextTokens + 1;
        var languages = vocabularySize - textTokens - OtherSpecialTokens - TimestampCount;
        if (languages is not (99 or 100)) throw new ArgumentOutOfRangeException(nameof(vocabularySize), vocabularySize, "Whisper's vocabularies have 51864, 51865 or 51866 tokens");

        return new WhisperSpecialTokens(textTokens, languages);
    }

    /// <summary>The token of a language.</summary>
    /// <param name="code">A code of <see cref="WhisperLanguages.Codes"/>.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">The model has no such language.</exception>
    public int Language(string code)
    {
        for (var i = 0; i < LanguageCount; i++)
        {
            if (WhisperLanguages.Codes[i] == code) return StartOfTranscript + 1 + i;
        }

        throw new ArgumentException($"this Whisper model has no language '{code}'", nameof(code));
    }

    /// <summary>The tokens that open a transcript: start, then language and task where the model is multilingual.</summary>
    /// <param name="language">A code of <see cref="WhisperLanguages.Codes"/>; an English-only model ignores it.</param>
    /// <param name="task">An English-only model ignores it.</param>
    /// <param name="withoutTimestamps">Adds <see cref="NoTimestamps"/>.</param>
    /// <returns>One to four ids.</returns>
    public IReadOnlyList<int> StartSequence(string language, WhisperTask task, bool withoutTimestamps)
    {
        var tokens = new List<int> { StartOfTranscript };
        if (IsMultilingual)
        {
            tokens.Add(Language(language));
            tokens.Add(task == WhisperTask.Transcribe ? Transcribe : Translate);
        }

        if (withoutTimestamps) tokens.Add(NoTimestamps);
        return tokens;
    }
}
