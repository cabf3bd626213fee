namespace Curation.Models.Speech.Agreement;

/// <summary>A word that the vote chose.</summary>
/// <param name="Text">As the most trusted model that heard it wrote it, with the blank before it where the script has one.</param>
/// <param name="Start">Seconds from the start of the sound; never before the word before it.</param>
/// <param name="End">Seconds from the start of the sound.</param>
/// <param name="Confidence">0..1: share of the models that heard this word here; with one model its own probability, null where it gives none.</param>
/// <param name="Models">The models that heard it.</param>
public sealed record AgreedWord(string Text, double Start, double End, double? Confidence, IReadOnlyList<string> Models);
