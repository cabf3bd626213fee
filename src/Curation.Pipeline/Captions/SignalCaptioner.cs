using System.Globalization;
using Curation.Clips;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Captions;

/// <summary>
/// The embedded captioner: states in plain English what was measured, and nothing else. It is what captions are made of while
/// no caption model is there, and is recorded as model <c>signal</c>.
/// </summary>
public static class SignalCaptioner
{
    /// <summary>The model's name in annotations.</summary>
    public const string Model = "signal";

    /// <summary>Version of the wording.</summary>
    public const string ModelVersion = "1";

    private const int NamedEvents = 5;
    private const int NamedTurns = 3;

    /// <summary>Captions a clip.</summary>
    /// <param name="clip">What was measured of it.</param>
    /// <param name="width">Width in pixels as shown.</param>
    /// <param name="height">Height in pixels as shown.</param>
    /// <param name="framesPerSecond">Frame rate.</param>
    /// <returns>What is seen, what is heard, and both in one.</returns>
    public static SignalCaption Describe(MeasuredClip clip, int width, int height, double framesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(clip);

        var values = clip.Measurements.Where(measurement => measurement.Value.HasValue).ToDictionary(measurement => measurement.Name, measurement => measurement.Value!.Value);
        var video = Sentences([Shape(clip, width, height, framesPerSecond), Motion(values), Camera(values), Picture(values)]);
        var audio = Sentences([Voices(clip, values), Quality(values), Events(clip)]);
        return new SignalCaption(video, audio, Sentences([video, audio, Alignment(values)]));
    }

    private static string Shape(MeasuredClip clip, int width, int height, double framesPerSecond)
    {
        var orientation = width > height ? "landscape" : width < height ? "portrait" : "square";
        return Text($"A {orientation} video of {clip.Span.Duration.TotalSeconds:0.0} seconds at {width}x{height} and {framesPerSecond:0.##} frames per second.");
    }

    // The words' borders are uncalibrated; the numbers stand beside them.
    private static string? Motion(Dictionary<string, double> values) => Find(values, "motion_ratio") switch
    {
        null => null,
        < 0.01 => "Nothing in the picture moves on its own.",
        < 0.05 and var share => Text($"A small part of the picture ({100 * share:0} %) moves on its own."),
        < 0.3 and var share => Text($"Part of the picture ({100 * share:0} %) moves on its own."),
        var share => Text($"Much of the picture ({100 * share:0} %) moves on its own."),
    };

    private static string? Camera(Dictionary<string, double> values) => Find(values, "camera_stability") switch
    {
        null => null,
        >= 0.8 => "The camera is steady.",
        >= 0.5 => "The camera is slightly unsteady.",
        _ => "The camera shakes.",
    };

    private static string? Picture(Dictionary<string, double> values)
    {
        var parts = new List<string>();
        if (Find(values, "saturation") is { } saturation) parts.Add(saturation < 0.05 ? "almost without colour" : saturation < 0.25 ? "muted in colour" : saturation < 0.6 ? "natural in colour" : "strongly coloured");
        if (Find(values, "watermark") is > 0.01) parts.Add("overlaid by a logo or text");
        if (Find(values, "border_ratio") is > 0.02) parts.Add("framed by black bars");
        return parts.Count == 0 ? null : $"The picture is {string.Join(", ", parts)}.";
    }

    private static string Voices(MeasuredClip clip, Dictionary<string, double> values)
    {
        var speech = Find(values, "speech_ratio");
        var share = speech is { } known ? Text($" for {100 * known:0} % of the time") : "";
        return clip.Split switch
        {
            Split.SingleSpeech => $"One {Gender(clip.Speakers)}voice speaks{share}{Turns(clip.Speakers)}.",
            Split.MultiSpeech => $"{Count(values)} voices speak{share}{Turns(clip.Speakers)}.",
            Split.Singing => $"A {Gender(clip.Speakers)}voice sings.",
            Split.Sound => "No voice is heard.",
            _ => "What is heard could not be told.",
        };
    }

    private static string Gender(IReadOnlyList<Speaker> speakers)
    {
        var genders = speakers.Where(speaker => speaker.GenderConfidence >= 0.5).Select(speaker => speaker.Gender).Distinct().ToList();
        return genders is [{ } gender] ? gender + " " : "";
    }

    private static string Count(Dictionary<string, double> values) => Find(values, "speaker_count") switch
    {
        2 => "Two",
        3 => "Three",
        4 => "Four",
        _ => "Several",
    };

    private static string Turns(IReadOnlyList<Speaker> speakers)
    {
        if (speakers.Count == 0) return "";

        var named = speakers.Take(NamedTurns).Select(turn => Text($"{turn.StartSeconds:0.0}-{turn.EndSeconds:0.0} s"));
        return $" ({string.Join(", ", named)}{(speakers.Count > NamedTurns ? ", ..." : "")})";
    }

    private static string? Quality(Dictionary<string, double> values)
    {
        var parts = new List<string>();
        if (Find(values, "loudness_lufs") is { } loudness) parts.Add(Text($"{(loudness < -40 ? "faint" : loudness < -28 ? "quiet" : loudness < -12 ? "of normal loudness" : "loud")} ({loudness:0} LUFS)"));
        if (Find(values, "snr_db") is { } snr) parts.Add(snr >= 25 ? "clean" : snr >= 12 ? "with some noise" : "noisy");
        if (Find(values, "bandwidth_hz") is < 4500) parts.Add("as narrow as a telephone's");
        return parts.Count == 0 ? null : $"The sound is {string.Join(", ", parts)}.";
    }

    private static string? Events(MeasuredClip clip)
    {
        if (clip.EventSeconds.Count == 0 || clip.Split != Split.Sound) return null;

        var named = clip.EventSeconds.Take(NamedEvents).Select(second => Text($"{second:0.0} s"));
        return $"Sudden sounds begin at {string.Join(", ", named)}{(clip.EventSeconds.Count > NamedEvents ? " and later" : "")}.";
    }

    private static string? Alignment(Dictionary<string, double> values) =>
        Find(values, "sync_confidence") >= 0.5 && Find(values, "sync_offset_s") is { } offset && Math.Abs(offset) <= 0.1
            ? "Sound and movement coincide."
            : null;

    private static double? Find(Dictionary<string, double> values, string name) => values.TryGetValue(name, out var value) ? value : null;

    private static string Sentences(IEnumerable<string?> parts) => string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
