using Curation.Clips.Measuring;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

/// <summary>The signals of EBU Tech 3341 (minimum requirements of a loudness meter), which allow 0.1 LU.</summary>
public sealed class LoudnessTests
{
    private const double ToleranceLu = 0.1;

    [Theory]
    [InlineData(-23.0)]
    [InlineData(-33.0)]
    public void Loudness_stereo_sine_of_1_kHz_reads_its_peak_level(double dbfs) =>
        Assert.Equal(dbfs, StereoTone(dbfs, 20).Value("loudness_lufs"), ToleranceLu);

    /// <summary>One channel is half the power of two: 3.01 LU less.</summary>
    [Fact]
    public void Loudness_mono_sine_reads_3_LU_less_than_stereo() =>
        Assert.Equal(-26.01, Analysed.Mono(Tone(-23, 10)).Value("loudness_lufs"), ToleranceLu);

    /// <summary>Tech 3341 case 3: the quiet ends fall to the relative gate.</summary>
    [Fact]
    public void Loudness_quiet_ends_are_gated_out() =>
        Assert.Equal(-23.0, Stereo(Signal.Join(Tone(-36, 10), Tone(-23, 60), Tone(-36, 10))).Value("loudness_lufs"), ToleranceLu);

    /// <summary>Tech 3341 case 4: the outermost ends fall to the absolute gate.</summary>
    [Fact]
    public void Loudness_nearly_silent_ends_are_gated_out() =>
        Assert.Equal(-23.0, Stereo(Signal.Join(Tone(-72, 10), Tone(-36, 10), Tone(-23, 60), Tone(-36, 10), Tone(-72, 10))).Value("loudness_lufs"), ToleranceLu);

    /// <summary>Tech 3341 case 5.</summary>
    [Fact]
    public void Loudness_loud_middle_is_averaged_in() =>
        Assert.Equal(-23.0, Stereo(Signal.Join(Tone(-26, 20), Tone(-20, 20.1), Tone(-26, 20))).Value("loudness_lufs"), ToleranceLu);

    [Fact]
    public void Loudness_slice_of_the_time_line_reads_the_slice()
    {
        var whole = Stereo(Signal.Join(Tone(-40, 5), Tone(-23, 5), Tone(-30, 5)));

        var slice = Filters.Audio.Loudness.IntegratedLufs(whole.Frames.AsSpan(500, 500));

        Assert.Equal(-23.0, slice!.Value, ToleranceLu);
    }

    [Fact]
    public void Loudness_shorter_than_a_block_is_unmeasured()
    {
        var measurement = Analysed.Mono(Tone(-23, 0.39)).Measure("loudness_lufs");

        Assert.Equal(MeasurementState.Unmeasured, measurement.State);
        Assert.Contains("400 ms", measurement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Loudness_one_block_is_measured() => Assert.Equal(-26.01, Analysed.Mono(Tone(-23, 0.4)).Value("loudness_lufs"), 0.3);

    [Fact]
    public void Loudness_below_the_absolute_gate_is_unmeasured()
    {
        var measurement = StereoTone(-80, 5).Measure("loudness_lufs");

        Assert.Null(measurement.Value);
        Assert.Contains("-70 LUFS", measurement.Reason, StringComparison.Ordinal);
    }

    private static float[] Tone(double dbfs, double seconds) => Signal.Sine(1000, Math.Pow(10, dbfs / 20), seconds);

    private static Analysed StereoTone(double dbfs, double seconds) => Stereo(Tone(dbfs, seconds));

    private static Analysed Stereo(float[] samples) => Analysed.Stereo(Signal.Interleave(samples, samples));
}
