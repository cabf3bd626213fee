using Curation.Clips.Measuring;

namespace Curation.Filters.Audio;

/// <summary>Measures a clip's sound from its slice of the time line.</summary>
public static class SoundMeasurements
{
    /// <summary>Version of every method here.</summary>
    public const string Version = "1";

    private const string NoSound = "there is no sound in the clip";
    private const string DigitalSilence = "every sample is zero";

    /// <summary>Loudness, SNR, silence, clipping, bandwidth and stereo correlation, in the order of the catalogue.</summary>
    /// <param name="frames">The frames of the clip.</param>
    /// <param name="isVocal">Whether there is speech or singing: then SNR is WADA's, else that of minimum statistics.</param>
    /// <param name="channels">1 or 2, as the analyzer was told.</param>
    /// <returns>Six measurements; those that cannot be made say why.</returns>
    public static IReadOnlyList<Measurement> Measure(ReadOnlySpan<SoundFrame> frames, bool isVocal, int channels)
    {
        if (channels is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "The analysis sound has 1 or 2 channels.");

        var missing = frames.IsEmpty ? NoSound : IsDigitalSilence(frames) ? DigitalSilence : null;
        return
        [
            missing is null ? LoudnessOf(frames) : Measurement.Unmeasured("loudness_lufs", missing),
            missing is null ? SnrOf(frames, isVocal) : Measurement.Unmeasured("snr_db", missing),
            Measurement.FromNullable("silence_ratio", Silence.Ratio(frames, channels), NoSound, "level-runs", Version),
            Measurement.FromNullable("clipping_ratio", Clipping.Ratio(frames, channels), NoSound, "flat-runs", Version),
            Measurement.FromNullable("bandwidth_hz", Bandwidth.Hertz(frames), missing ?? "the sound lies below the analysis's -140 dB", "average-spectrum", Version),
            StereoOf(frames, channels, missing),
        ];
    }

    private static Measurement LoudnessOf(ReadOnlySpan<SoundFrame> frames) =>
        Measurement.FromNullable(
            "loudness_lufs",
            Loudness.IntegratedLufs(frames),
            frames.Length < Loudness.BlockFrames ? "shorter than the 400 ms of one loudness block" : "nothing is louder than the -70 LUFS gate",
            "bs1770-4",
            Version);

    private static Measurement SnrOf(ReadOnlySpan<SoundFrame> frames, bool isVocal)
    {
        // What is sung on one note has a tone's amplitudes, where WADA's model of speech has no answer.
        if (isVocal && WadaSnr.Db(frames) is { } wada) return Measurement.Measured("snr_db", wada, "wada-snr", Version);

        return Measurement.FromNullable("snr_db", NoiseFloor.SnrDb(frames), "less than 0.5 s of sound", "minimum-statistics", Version);
    }

    private static Measurement StereoOf(ReadOnlySpan<SoundFrame> frames, int channels, string? missing)
    {
        if (channels == 1) return Measurement.NotApplicable("stereo_correlation", "one channel");

        return missing is null
            ? Measurement.FromNullable("stereo_correlation", StereoCorrelation.Pearson(frames), "a channel is silent", "pearson", Version)
            : Measurement.Unmeasured("stereo_correlation", missing);
    }

    private static bool IsDigitalSilence(ReadOnlySpan<SoundFrame> frames)
    {
        foreach (ref readonly var frame in frames)
        {
            if (!frame.IsDigitalSilence) return false;
        }

        return true;
    }
}
