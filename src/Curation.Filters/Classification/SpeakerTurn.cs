namespace Curation.Filters.Classification;

/// <summary>A run of voice of one person.</summary>
/// <param name="Speaker">0, 1, ... in order of appearance.</param>
/// <param name="Span">The frames.</param>
internal readonly record struct SpeakerTurn(int Speaker, VoiceSegment Span);
