namespace Curation.Models.Speech.Whisper;

/// <summary>What Whisper writes.</summary>
public enum WhisperTask
{
    /// <summary>The words in the language they were spoken in.</summary>
    Transcribe,

    /// <summary>The words in English.</summary>
    Translate,
}
