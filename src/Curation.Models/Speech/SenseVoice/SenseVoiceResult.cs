namespace Curation.Models.Speech.SenseVoice;

/// <summary>What SenseVoice heard.</summary>
/// <param name="Transcript">Words with times; one segment for each stretch of at most 30 s.</param>
/// <param name="Tags">One for each stretch.</param>
public sealed record SenseVoiceResult(Transcript Transcript, IReadOnlyList<SenseVoiceTags> Tags);
