namespace Curation.Models.Speech.Whisper;

/// <summary>A window cut into segments.</summary>
/// <param name="Segments">In order of time.</param>
/// <param name="NextSeek">First mel frame of the next window.</param>
/// <param name="EndsInSingleTimestamp">Nobody speaks after the last segment.</param>
internal sealed record SlicedWindow(IReadOnlyList<WhisperSegment> Segments, int NextSeek, bool EndsInSingleTimestamp);
