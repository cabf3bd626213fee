namespace Curation.Models.Speech.SenseVoice;

/// <summary>A piece of a word and when it was said.</summary>
/// <param name="Text">The piece; "▁" stands for a blank.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Probability">0..1.</param>
internal readonly record struct TimedPiece(string Text, double Start, double End, double Probability);
