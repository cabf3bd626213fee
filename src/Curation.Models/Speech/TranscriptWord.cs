namespace Curation.Models.Speech;

/// <summary>One spoken word.</summary>
/// <param name="Text">The word as written, with the blank before it where the script has one.</param>
/// <param name="Start">Seconds from the start of the sound.</param>
/// <param name="End">Seconds from the start of the sound; never before <paramref name="Start"/>.</param>
/// <param name="Probability">Mean probability of the word's tokens in [0, 1]; null where the model gives none.</param>
/// <param name="Timing">How exact the times are.</param>
public sealed record TranscriptWord(string Text, double Start, double End, double? Probability, WordTiming Timing);
