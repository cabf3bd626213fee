namespace Curation.Models.Speech.Agreement;

/// <summary>A stretch that the models heard differently.</summary>
/// <param name="Start">Seconds from the start of the sound.</param>
/// <param name="End">Seconds from the start of the sound.</param>
/// <param name="Heard">What each model wrote there, by its name; empty where it heard nothing.</param>
public sealed record TranscriptDisagreement(double Start, double End, IReadOnlyDictionary<string, string> Heard);
