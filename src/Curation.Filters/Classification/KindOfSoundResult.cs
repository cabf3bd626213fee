using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Filters.Classification;

/// <summary>What kind of sound a slice is, by its signal alone.</summary>
/// <param name="SpeechRatio"><c>speech_ratio</c>, 0..1.</param>
/// <param name="SingingScore"><c>singing_score</c>, 0..1.</param>
/// <param name="SpeakerCount"><c>speaker_count</c>; not applicable where there is no voice.</param>
/// <param name="Split">The split the measurements imply; null where they could not be made.</param>
/// <param name="SplitConfidence">How far the split can be trusted, 0..1, uncalibrated; null where there is no split.</param>
/// <param name="Speakers">One entry per turn, in order of time; empty where there is no voice.</param>
/// <param name="Voice">Voice activity, in order of time.</param>
public sealed record KindOfSoundResult(
    Measurement SpeechRatio,
    Measurement SingingScore,
    Measurement SpeakerCount,
    Split? Split,
    double? SplitConfidence,
    IReadOnlyList<Speaker> Speakers,
    IReadOnlyList<VoiceSegment> Voice)
{
    /// <summary>The three measurements.</summary>
    public IReadOnlyList<Measurement> Measurements => [SpeechRatio, SingingScore, SpeakerCount];
}
