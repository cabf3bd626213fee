using System.Collections.Frozen;
using static Curation.Clips.Measuring.MeasurementGroup;

namespace Curation.Clips.Measuring;

/// <summary>Every measurement of the data set, in the order of the columns. Sources of the methods: SOURCES.md.</summary>
public static class MeasurementCatalog
{
    /// <summary>All definitions.</summary>
    public static IReadOnlyList<MeasurementDefinition> All { get; } =
    [
        new("short_side_px", "px", 1, null, "Short side", "Shorter side of the picture after rotation and sample aspect ratio.", Picture) { TooLow = "picture too small" },
        new("motion_ratio", "ratio", 0, 1, "Subject motion", "Share of the picture that moves on its own after the camera's motion is taken out.", Picture) { TooLow = "nothing moves", TooHigh = "everything moves" },
        new("camera_stability", "ratio", 0, 1, "Camera stability", "1 minus the normalised high-frequency part of the camera path.", Picture) { TooLow = "camera shakes" },
        new("sharpness", "log10", null, null, "Sharpness", "Log10 of the variance of the Laplacian of luma, normalised for contrast.", Picture) { TooLow = "blurred", TooHigh = "noisy" },
        new("saturation", "ratio", 0, 1, "Saturation", "Mean HSV saturation.", Picture) { TooLow = "colourless", TooHigh = "oversaturated" },
        new("colourfulness", "index", 0, null, "Colourfulness", "Hasler and Suesstrunk's M3.", Picture) { TooLow = "colourless", TooHigh = "oversaturated" },
        new("black_ratio", "ratio", 0, 1, "Black frames", "Share of frames that are black.", Picture) { TooHigh = "mostly black" },
        new("frozen_ratio", "ratio", 0, 1, "Frozen frames", "Share of time in which the picture equals the one before.", Picture) { TooHigh = "frozen picture" },
        new("border_ratio", "ratio", 0, 1, "Black bars", "Share of the picture in letterbox or pillarbox bars.", Picture) { TooHigh = "black bars" },
        new("watermark", "ratio", 0, 1, "Watermark", "Share of the picture whose edges stay while the rest changes: logos, subtitles, overlaid text.", Picture) { TooHigh = "logo or overlaid text" },
        new("effects", "1/s", 0, null, "Effects", "Flashes and whole-frame changes per second that are not cuts.", Picture) { TooHigh = "flashes" },
        new("aesthetic", "score", 1, 10, "Aesthetics", "CLIP ViT-L/14 with the LAION v2 head.", Picture) { Slot = "aesthetic", TooLow = "not pleasing" },
        new("nsfw", "probability", 0, 1, "Unsafe picture", "Probability of an unsafe picture.", Picture) { Slot = "safety", TooHigh = "unsafe picture" },
        new("loudness_lufs", "LUFS", null, null, "Loudness", "Integrated loudness with EBU R128 gating.", Sound) { TooLow = "too quiet", TooHigh = "too loud" },
        new("snr_db", "dB", null, null, "SNR", "Signal-to-noise ratio: WADA-SNR for speech, minimum statistics for other sound.", Sound) { TooLow = "noisy sound" },
        new("silence_ratio", "ratio", 0, 1, "Silence", "Share of time in runs of at least 100 ms of silence.", Sound) { TooHigh = "too much silence" },
        new("clipping_ratio", "ratio", 0, 1, "Clipping", "Share of samples in clipped runs.", Sound) { TooHigh = "clipped sound" },
        new("bandwidth_hz", "Hz", 0, 24000, "Bandwidth", "Highest frequency within 50 dB of the spectrum's peak level.", Sound) { TooLow = "narrow-band sound" },
        new("stereo_correlation", "correlation", -1, 1, "Stereo correlation", "Correlation between the channels.", Sound) { TooLow = "phase-inverted stereo" },
        new("mos", "MOS", 1, 5, "MOS", "DNSMOS P.835 overall quality; speech and singing only.", Sound) { Slot = "mos", TooLow = "poor voice quality" },
        new("mos_signal", "MOS", 1, 5, "MOS, signal", "DNSMOS P.835 speech signal quality.", Sound) { Slot = "mos", TooLow = "distorted voice" },
        new("mos_background", "MOS", 1, 5, "MOS, background", "DNSMOS P.835 background quality.", Sound) { Slot = "mos", TooLow = "noisy background" },
        new("sync_offset_s", "s", null, null, "Sync offset", "How late the sound is against the picture; negative is early.", Alignment) { ConfidenceName = "sync_confidence", TooLow = "sound early", TooHigh = "sound late" },
        new("sync_confidence", "ratio", 0, 1, "Sync confidence", "How far the sync offset can be trusted; 0 where the clip has no events.", Alignment) { TooLow = "sync not certain" },
        new("av_similarity", "cosine", -1, 1, "Semantic alignment", "ImageBind cosine of picture and sound.", Alignment) { Slot = "semantic", TooLow = "sound does not belong to the picture" },
        new("container_skew_s", "s", 0, null, "Container skew", "Largest difference of first sound and first picture in the written clip, with and without edit lists.", Alignment) { OfWrittenClip = true, TooHigh = "clip starts askew" },
        new("speech_ratio", "ratio", 0, 1, "Speech", "Share of time with voice activity.", Kind) { TooLow = "too little speech", TooHigh = "too much speech" },
        new("singing_score", "score", 0, 1, "Singing", "How much the voice sounds sung.", Kind) { TooLow = "not sung", TooHigh = "sung" },
        new("speaker_count", "count", 0, null, "Speakers", "How many people speak.", Kind) { TooLow = "too few speakers", TooHigh = "too many speakers" },
        new(DuplicateMeasurement.Name, "count", 0, null, "Duplicate rank", "Better copies of the clip in the data set, as 'curate dedup' found them; 0 for the best copy and where there is none.", DataSet) { TooHigh = "copy of a better clip" },
    ];

    private static readonly FrozenDictionary<string, MeasurementDefinition> ByName = All.ToFrozenDictionary(definition => definition.Name);

    /// <summary>The definition with a name.</summary>
    /// <param name="name">A column name.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">No measurement has the name.</exception>
    public static MeasurementDefinition Get(string name) =>
        Find(name) ?? throw new ArgumentException($"'{name}' is not a measurement.", nameof(name));

    /// <summary>The definition with a name, or null.</summary>
    /// <param name="name">A column name.</param>
    /// <returns>Null where no measurement has the name.</returns>
    public static MeasurementDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
