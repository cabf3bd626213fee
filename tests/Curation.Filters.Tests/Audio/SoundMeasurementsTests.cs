using Curation.Clips.Measuring;
using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class SoundMeasurementsTests
{
    private static readonly string[] Names = ["loudness_lufs", "snr_db", "silence_ratio", "clipping_ratio", "bandwidth_hz", "stereo_correlation"];

    [Fact]
    public void Measure_any_clip_gives_all_six_in_the_order_of_the_catalogue()
    {
        var measurements = SoundMeasurements.Measure(Analysed.Mono(Signal.Sine(440, 0.5, 1)).Frames, false, 1);

        Assert.Equal(Names, measurements.Select(measurement => measurement.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Measure_no_frames_gives_no_value_and_every_reason(int channels) =>
        Assert.All(SoundMeasurements.Measure([], true, channels), measurement =>
        {
            Assert.Null(measurement.Value);
            Assert.False(string.IsNullOrEmpty(measurement.Reason));
        });

    [Fact]
    public void Measure_digital_silence_is_silent_unclipped_and_otherwise_unmeasured()
    {
        var analysed = Analysed.Stereo(new float[96_000]);

        Assert.Equal(1, analysed.Value("silence_ratio"));
        Assert.Equal(0, analysed.Value("clipping_ratio"));
        foreach (var name in (string[])["loudness_lufs", "snr_db", "bandwidth_hz", "stereo_correlation"])
        {
            Assert.Equal(MeasurementState.Unmeasured, analysed.Measure(name).State);
            Assert.Equal("every sample is zero", analysed.Measure(name).Reason);
        }
    }

    [Fact]
    public void Measure_says_by_which_method_the_SNR_was_found()
    {
        var noise = Analysed.Mono(Signal.WhiteNoise(0.1, 2, 1));

        Assert.Equal("wada-snr", noise.Measure("snr_db", isVocal: true).Method);
        Assert.Equal("minimum-statistics", noise.Measure("snr_db").Method);
    }

    /// <summary>A held note has no answer in WADA's model of speech.</summary>
    [Fact]
    public void Measure_vocal_that_is_one_tone_falls_back_to_minimum_statistics() =>
        Assert.Equal("minimum-statistics", Analysed.Mono(Signal.Sine(440, 0.5, 2)).Measure("snr_db", isVocal: true).Method);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Measure_very_short_clips_give_finite_values_or_reasons(int samples) =>
        Assert.All(SoundMeasurements.Measure(Analysed.Mono(Signal.WhiteNoise(0.1, 1, 1).AsSpan(0, samples)).Frames, true, 1), measurement =>
            Assert.True(measurement.Value is { } value ? double.IsFinite(value) : measurement.Reason!.Length > 0));
}
