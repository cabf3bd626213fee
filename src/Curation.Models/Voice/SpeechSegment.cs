namespace Curation.Models.Voice;

/// <summary>A stretch of speech.</summary>
/// <param name="StartSeconds">From the clip's start, in seconds.</param>
/// <param name="EndSeconds">From the clip's start, in seconds; exclusive.</param>
public sealed record SpeechSegment(double StartSeconds, double EndSeconds);
