namespace Curation.Models.Speech.Agreement;

/// <summary>Ways to see that words were made up.</summary>
public enum HallucinationCheck
{
    /// <summary>The same words again and again.</summary>
    RepeatedWords,

    /// <summary>Text that compresses too well, as Whisper judges itself.</summary>
    CompressionRatio,

    /// <summary>More text than can be said in the time.</summary>
    CharactersPerSecond,

    /// <summary>Words where voice activity detection hears no speech.</summary>
    WordsInSilence,

    /// <summary>The model itself thought that nobody speaks.</summary>
    NoSpeech,
}
