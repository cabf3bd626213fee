namespace Curation.Models.Voice;

/// <summary>How probabilities become speech; the defaults are those published with Silero VAD (get_speech_timestamps).</summary>
public sealed record VadOptions
{
    /// <summary>Speech starts at this probability, 0..1.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Speech ends below this probability, 0..1; published as threshold - 0.15.</summary>
    public double ExitThreshold { get; init; } = 0.35;

    /// <summary>Speech of this length or shorter is dropped, before padding.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Silence shorter than this does not end speech.</summary>
    public TimeSpan MinSilence { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Added to both ends of speech; neighbours that would overlap meet in the middle.</summary>
    public TimeSpan Pad { get; init; } = TimeSpan.FromMilliseconds(30);
}
