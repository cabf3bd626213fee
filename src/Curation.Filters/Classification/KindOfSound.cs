using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Filters.Classification;

/// <summary>Which kind of sound a slice is, without any model.</summary>
public static class KindOfSound
{
    /// <summary>Version of all methods here; changes whenever the same frames may give another value.</summary>
    public const string MethodVersion = "1";

    /// <summary>Shortest slice that is classified, seconds: one period of the 4 Hz modulation is not enough, two are. Uncalibrated.</summary>
    public const double ShortestSeconds = 0.5;

    // Share of voice from which a slice counts as vocal. Uncalibrated.
    private const double VocalRatio = 0.1;

    // Voice a vocal slice has at least, seconds: a bark passes for a short syllable. Uncalibrated.
    private const double LeastVoiceSeconds = 0.5;

    // Singing score from which a slice counts as sung. Uncalibrated.
    private const double SingingLimit = 0.5;

    // A split by signal alone is never surer than this, since speech under music is missed; one by speakers, times this. Uncalibrated.
    private const double MostConfident = 0.8;
    private const double SpeakerTrust = 0.7;

    private const string SpeechMethod = "signal-voice-activity";
    private const string SingingMethod = "signal-note-stability";
    private const string SpeakerMethod = "signal-mfcc-pitch-clusters";

    /// <summary>Classifies a slice of a source's frames.</summary>
    /// <param name="frames">Frames in order, without gaps.</param>
    /// <returns>Measurements, unmeasured where the slice is too short, silent or invalid; never a guess in their place.</returns>
    public static KindOfSoundResult Classify(ReadOnlySpan<VoiceFrame> frames)
    {
        if (Obstacle(frames) is { } reason) return Unmeasured(reason);

        var track = PitchTrack.Follow(frames);
        var voice = VoiceActivity.Find(frames, track);
        var speech = voice.Sum(segment => segment.Length) / (double)frames.Length;
        var singing = SingingScore.Of(frames, track, voice);
        var vocal = IsVocal(speech, VoicedSeconds(voice), singing);
        var turns = vocal ? SpeakerClusters.Find(frames, track, voice, singing >= SingingLimit) : [];
        var speakers = turns.Select(turn => turn.Speaker).Distinct().Count();
        var split = Decide(speech, VoicedSeconds(voice), singing, speakers);

        return new KindOfSoundResult(
            Measurement.Measured("speech_ratio", speech, SpeechMethod, MethodVersion),
            Measurement.Measured("singing_score", singing, SingingMethod, MethodVersion),
            vocal
                ? Measurement.Measured("speaker_count", speakers, SpeakerMethod, MethodVersion)
                : Measurement.NotApplicable("speaker_count", "no voice was found", SpeakerMethod, MethodVersion),
            split,
            Confidence(speech, singing, split),
            Named(turns, track, split == Split.Singing),
            voice);
    }

    /// <summary>The split that follows from what was measured, by whatever method.</summary>
    /// <param name="speechRatio">Share of time with voice activity, 0..1.</param>
    /// <param name="voiceSeconds">Seconds of it.</param>
    /// <param name="singingScore">How much the voice sounds sung, 0..1.</param>
    /// <param name="speakers">How many people speak; below 2 counts as one.</param>
    /// <returns>The split.</returns>
    public static Split Decide(double speechRatio, double voiceSeconds, double singingScore, int speakers) =>
        !IsVocal(speechRatio, voiceSeconds, singingScore) ? Split.Sound
        : singingScore >= SingingLimit ? Split.Singing
        : speakers > 1 ? Split.MultiSpeech : Split.SingleSpeech;

    private static bool IsVocal(double speechRatio, double voiceSeconds, double singingScore) =>
        voiceSeconds >= LeastVoiceSeconds && (speechRatio >= VocalRatio || singingScore >= SingingLimit);

    private static double VoicedSeconds(List<VoiceSegment> voice) => voice.Sum(segment => segment.Length) * VoiceFrame.Seconds;

    private static double Confidence(double speech, double singing, Split split)
    {
        var vocal = Math.Clamp(0.5 + (Math.Abs(speech - VocalRatio) / (2 * VocalRatio)), 0.5, MostConfident);
        var sung = Math.Min(Math.Max(singing, 1 - singing), MostConfident);
        return split switch
        {
            Split.Sound => vocal,
            Split.Singing => Math.Min(vocal, sung),
            _ => Math.Min(vocal, sung) * SpeakerTrust,
        };
    }

    // Pitch tells nothing about a singer: it is the melody's.
    private static List<Speaker> Named(List<SpeakerTurn> turns, PitchTrack track, bool sung)
    {
        if (sung) return [.. turns.Select(turn => new Speaker($"S{turn.Speaker + 1}", null, null, null, turn.Span.StartSeconds, turn.Span.EndSeconds))];

        var genders = turns.GroupBy(turn => turn.Speaker).ToDictionary(own => own.Key, own => GenderByPitch.Guess(Pitches(own, track)));
        return [.. turns.Select(turn => new Speaker(
            $"S{turn.Speaker + 1}", genders[turn.Speaker]?.Gender, genders[turn.Speaker]?.Confidence, null, turn.Span.StartSeconds, turn.Span.EndSeconds))];
    }

    private static List<float> Pitches(IEnumerable<SpeakerTurn> turns, PitchTrack track)
    {
        var hz = new List<float>();
        foreach (var turn in turns)
        {
            for (var t = turn.Span.FirstFrame; t < turn.Span.EndFrame; t++)
            {
                if (track.Hz[t] is >= VoiceActivity.LowestPitchHz and <= VoiceActivity.HighestPitchHz) hz.Add(track.Hz[t]);
            }
        }

        return hz;
    }

    private static string? Obstacle(ReadOnlySpan<VoiceFrame> frames)
    {
        var seconds = frames.Length / (double)VoiceFrame.PerSecond;
        if (seconds < ShortestSeconds) return FormattableString.Invariant($"{seconds:0.00} s of sound are too short; {ShortestSeconds} s are needed");

        var silent = true;
        double invalid = 0;
        foreach (ref readonly var frame in frames)
        {
            silent &= frame.IsSilent;
            invalid += frame.InvalidShare;
        }

        if (invalid > 0.01 * frames.Length) return FormattableString.Invariant($"{invalid / frames.Length:P1} of the samples are not numbers");
        return silent ? "digital silence" : null;
    }

    private static KindOfSoundResult Unmeasured(string reason) => new(
        Measurement.Unmeasured("speech_ratio", reason, SpeechMethod, MethodVersion),
        Measurement.Unmeasured("singing_score", reason, SingingMethod, MethodVersion),
        Measurement.Unmeasured("speaker_count", reason, SpeakerMethod, MethodVersion),
        null,
        null,
        [],
        []);
}
