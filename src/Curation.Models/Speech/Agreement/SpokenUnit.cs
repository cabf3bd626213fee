namespace Curation.Models.Speech.Agreement;

/// <summary>What is compared between transcripts: a word, or one CJK character.</summary>
/// <param name="Key">Lower case, without punctuation, half-width; numerals are left as they were written.</param>
/// <param name="Text">As written, with the blank before it where the script has one.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Probability">0..1; null where the model gives none.</param>
/// <param name="Timing">How exact the times are.</param>
internal sealed record SpokenUnit(string Key, string Text, double Start, double End, double? Probability, WordTiming Timing);
