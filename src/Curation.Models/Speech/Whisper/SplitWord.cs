namespace Curation.Models.Speech.Whisper;

/// <summary>A word and the tokens that write it.</summary>
internal sealed record SplitWord(string Text, IReadOnlyList<int> Tokens);
