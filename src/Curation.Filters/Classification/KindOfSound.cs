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
    private const double VocalRatio = 0.15;

    private const string SpeechMethod = "signal-voice-activity";
    private const string SingingMethod = "signal-note-stability";
    private const string SpeakerMethod = "signal-mfcc-pitch-bic";

    /// <summary>Classifies a slice of a source's frames.</summary>
    /// <param name="frames">Frames in order, without gaps.</param>
    /// <returns>Measurements, unmeasured where the slice is too short, silent or invalid; never a guess in their place.</returns>
    public static KindOfSoundResult Classify(ReadOnlySpan<VoiceFrame> frames)
    {
        if (Obstacle(frames) is { } reason) return Unmeasured(reason);

        var track = PitchTrack.Follow(frames);
        var voice = VoiceActivity.Find(frames, track);
        var speech = voice.Sum(segment => segment.Length) / (double)frames.Length;
        var vocal = speech >= VocalRatio;

        return new KindOfSoundResult(
            Measurement.Measured("speech_ratio", speech, SpeechMethod, MethodVersion),
            Measurement.Measured("singing_score", 0, SingingMethod, MethodVersion),
            vocal ? Measurement.Measured("speaker_count", 1, SpeakerMethod, MethodVersion) : Measurement.NotApplicable("speaker_count", "no voice was found", SpeakerMethod, MethodVersion),
            vocal ? Split.SingleSpeech : Split.Sound,
            0.5,
            [],
            voice);
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
