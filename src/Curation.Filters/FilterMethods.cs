using Curation.Filters.Alignment;
using Curation.Filters.Audio;
using Curation.Filters.Classification;
using Curation.Filters.Duplicates;
using Curation.Filters.Video;

namespace Curation.Filters;

/// <summary>Every method of this project and its version; a change of any makes the sources measured with it stale.</summary>
public static class FilterMethods
{
    /// <summary>Version by method. The pipeline's tests refuse a measurement whose method is missing here.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        .. Of(PictureMeasurements.Version, "probe", "signal-dominant-motion", "signal-camera-path", "signal-laplacian", "signal-hsv", "signal-hasler-suesstrunk",
            "signal-blackdetect", "signal-freezedetect", "signal-cropdetect", "signal-persistent-edges", "signal-flash"),
        .. Of(SoundMeasurements.Version, "level-runs", "flat-runs", "average-spectrum", "bs1770-4", "wada-snr", "minimum-statistics", "pearson"),
        .. Of(SyncEstimate.MethodVersion, SyncEstimate.Method),
        .. Of(KindOfSound.MethodVersion, "signal-voice-activity", "signal-note-stability", "signal-mfcc-pitch-clusters"),
        .. Of(PictureSignature.MethodVersion, PictureSignature.Method),
        .. Of(SoundSignature.MethodVersion, SoundSignature.Method),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Of(string version, params string[] methods) =>
        methods.Select(method => KeyValuePair.Create(method, version));
}
