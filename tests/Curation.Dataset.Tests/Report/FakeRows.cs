using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Tests.Report;

/// <summary>Rows that look like a real run: seeded, judged by the real policy judge.</summary>
internal static class FakeRows
{
    private const string NoModel = "no model in the slot";

    private static readonly string[] Names =
        ["harbour at dawn.mp4", "interview-042.mkv", "street_market_4k.mov", "Übung Geige.mp4", "rain on a tin roof.mp4", "lecture 12 (final).mp4", "dog park.mp4", "kitchen knives sharpening.webm", "choir-rehearsal.mp4", "トレイン.mp4"];

    private static readonly string[] Captions =
    [
        "A woman in a green raincoat speaks to the camera on a windy pier. Behind her, moored boats knock against the wall and gulls call; she raises her voice over a gust and says \"we sail when it turns\".",
        "Rain drums on a corrugated roof. Water runs along a gutter on the right and drips into a metal bucket with a regular, ringing note.",
        "A brown dog runs towards the camera over dry leaves and barks twice, each bark in step with the opening of its mouth.",
        "Two men sit at a kitchen table and talk over each other, laughing. One of them pours coffee; the cup clinks as it is set down.",
        "A small choir sings in a wooden hall. The conductor, seen from behind, lifts both hands as the sopranos enter, and the sound swells with the picture's slow push in. The reverberation lasts about two seconds, and a chair creaks at the end.",
    ];

    public static Policy Klear { get; } = new("klear")
    {
        Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Limits =
        [
            new("short_side_px") { Min = 480 },
            new("black_ratio") { Max = 0.1 },
            new("frozen_ratio") { Max = 0.1 },
            new("border_ratio") { Max = 0.25 },
            new("motion_ratio") { Min = 0.01, Max = 0.9 },
            new("camera_stability") { Min = 0.5 },
            new("saturation") { Min = 0.02, Max = 0.95 },
            new("watermark") { Max = 0.01 },
            new("effects") { Max = 0.5 },
            new("aesthetic") { Min = 4.5 },
            new("nsfw") { Max = 0.2, Unmeasured = UnmeasuredRule.Pass },
            new("loudness_lufs") { Min = -50, Max = -5 },
            new("snr_db") { Min = 15 },
            new("silence_ratio") { Max = 0.2 },
            new("clipping_ratio") { Max = 0.001 },
            new("bandwidth_hz") { Min = 8000 },
            new("stereo_correlation") { Min = -0.5 },
            new("mos") { Min = 3, For = [Split.SingleSpeech, Split.MultiSpeech, Split.Singing] },
            new("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5, Unmeasured = UnmeasuredRule.Pass },
            new("av_similarity") { Min = 0.2, Unmeasured = UnmeasuredRule.Pass },
        ],
    };

    /// <summary>Clips of a run over several sources.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="policy">What judges them.</param>
    /// <param name="sources">How many sources they come from.</param>
    public static IEnumerable<ClipRecord> Clips(int count, int seed = 1, Policy? policy = null, int sources = 52)
    {
        var draw = new Random(seed);
        for (var place = 0; place < count; place++) yield return Clip(place, draw, policy ?? Klear, sources);
    }

    /// <summary>Sources that could not be processed.</summary>
    public static IReadOnlyList<QuarantineRecord> Quarantined { get; } =
    [
        new("file:///media/in/holiday%20part%202.mp4", null, 1_204, "probe", "moov atom not found: the file is cut off"),
        new("file:///media/in/backup/IMG_0042.MOV", null, 0, "probe", "moov atom not found: the file is cut off"),
        new("file:///media/in/screen-recording.mkv", new string('b', 64), 88_212_004, "analyse", "it has no sound stream"),
        new("file:///media/in/%3Cscript%3Ealert(1)%3C%2Fscript%3E.mp4", null, 14, "open", "permission denied"),
    ];

    private static ClipRecord Clip(int place, Random draw, Policy policy, int sources)
    {
        var source = (int)(sources * Math.Pow(draw.NextDouble(), 1.5));
        var sha = source.ToString("x64", CultureInfo.InvariantCulture);
        var start = TimeSpan.FromSeconds(Math.Round(draw.NextDouble() * 3900, 2));
        var span = new ClipSpan(start, start + TimeSpan.FromSeconds(Math.Min(20, Math.Round(1.1 + (Exponential(draw) * 6), 2))));
        var split = draw.NextDouble() switch { < 0.42 => Split.SingleSpeech, < 0.58 => Split.MultiSpeech, < 0.64 => Split.Singing, _ => Split.Sound };
        var measurements = Measure(draw, split);
        var judgement = PolicyJudge.Judge(policy, span, split, measurements);
        var id = ClipId.From(sha + place.ToString(CultureInfo.InvariantCulture), span, "1");
        var kept = judgement.Outcome == ClipOutcome.Retained;
        return new ClipRecord
        {
            Id = id,
            SourceUri = "file:///media/in/" + (source / Names.Length).ToString("00", CultureInfo.InvariantCulture) + "/" + Uri.EscapeDataString(Names[source % Names.Length]),
            SourceSha256 = sha,
            Span = span,
            Width = source % 5 == 4 ? 1080 : 1920,
            Height = source % 5 == 4 ? 1920 : 1080,
            FramesPerSecond = source % 3 == 0 ? 29.97 : 25,
            Split = split,
            MediaPath = kept ? $"clips/{id.Value[..2]}/{id}.mp4" : null,
            PosterPath = draw.NextDouble() < 0.93 ? $"clips/{id.Value[..2]}/{id}.jpg" : null,
            Caption = kept ? Captions[place % Captions.Length] : null,
            Measurements = measurements,
            Verdicts = judgement.Verdicts,
            Outcome = judgement.Outcome,
            RejectedBy = judgement.RejectedBy,
            Reason = judgement.Reason,
            PolicySha256 = policy.Sha256,
            PipelineVersion = "1",
        };
    }

    private static List<Measurement> Measure(Random draw, Split split)
    {
        var voice = split != Split.Sound;
        var measurements = new List<Measurement>
        {
            Value("short_side_px", draw.NextDouble() switch { < 0.04 => 360, < 0.2 => 720, < 0.9 => 1080, _ => 2160 }),
            Value("motion_ratio", Math.Min(1, Exponential(draw) * 0.14)),
            Value("camera_stability", Math.Clamp(0.86 + (Normal(draw) * 0.13), 0, 1)),
            Value("sharpness", -1.4 + (Normal(draw) * 0.35)),
            Value("saturation", Math.Clamp(0.34 + (Normal(draw) * 0.14), 0, 1)),
            Value("colourfulness", Math.Max(0, 38 + (Normal(draw) * 15))),
            Value("black_ratio", draw.NextDouble() < 0.95 ? 0 : draw.NextDouble()),
            Value("frozen_ratio", draw.NextDouble() < 0.8 ? 0 : Math.Min(1, Exponential(draw) * 0.1)),
            Value("border_ratio", draw.NextDouble() switch { < 0.85 => 0, < 0.96 => 0.242, _ => 0.68 }),
            draw.NextDouble() < 0.9 ? Value("watermark", draw.NextDouble() < 0.8 ? 0 : Math.Min(1, Exponential(draw) * 0.02)) : Measurement.Unmeasured("watermark", "the source has only 2 scenes, 3 are needed"),
            Value("effects", draw.NextDouble() < 0.92 ? 0 : Exponential(draw) * 0.6),
            Measurement.Unmeasured("aesthetic", NoModel),
            Measurement.Unmeasured("nsfw", NoModel),
            Value("loudness_lufs", -22 + (Normal(draw) * 7)),
            Value("snr_db", 27 + (Normal(draw) * 9)),
            Value("silence_ratio", Math.Min(1, Exponential(draw) * 0.09)),
            Value("clipping_ratio", draw.NextDouble() < 0.9 ? 0 : Exponential(draw) * 0.0009),
            Value("bandwidth_hz", Math.Min(24000, draw.NextDouble() < 0.08 ? 7400 + (Normal(draw) * 300) : 16500 + (Normal(draw) * 2200))),
            draw.NextDouble() < 0.7 ? Value("stereo_correlation", Math.Clamp(0.9 - (Exponential(draw) * 0.15), -1, 1)) : Measurement.NotApplicable("stereo_correlation", "mono"),
            voice ? Value("mos", Math.Clamp(3.5 + (Normal(draw) * 0.45), 1, 5)) : Measurement.NotApplicable("mos", "nobody speaks or sings"),
            Value("sync_offset_s", Math.Round(Normal(draw) * 0.09, 3)),
            Value("sync_confidence", draw.NextDouble()),
            Measurement.Unmeasured("av_similarity", NoModel),
            Value("container_skew_s", 0.00004),
            Value("speech_ratio", voice ? Math.Clamp(0.7 + (Normal(draw) * 0.15), 0, 1) : Math.Max(0, Normal(draw) * 0.05)),
            Value("singing_score", split == Split.Singing ? 0.8 : Math.Min(1, Exponential(draw) * 0.08)),
            Value("speaker_count", split switch { Split.Sound => 0, Split.MultiSpeech => draw.Next(2, 5), _ => 1 }),
        };

        // About a third of the clips were seen by the aesthetics model before it was taken away.
        if (draw.NextDouble() < 0.6) measurements[11] = Value("aesthetic", Math.Clamp(5.2 + (Normal(draw) * 0.7), 1, 10));
        return measurements;
    }

    private static Measurement Value(string name, double value) => Measurement.Measured(name, value, "signal-fake", "1");

    private static double Exponential(Random draw) => -Math.Log(1 - draw.NextDouble());

    private static double Normal(Random draw) =>
        Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}
