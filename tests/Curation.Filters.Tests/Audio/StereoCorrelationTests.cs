using Curation.Clips.Measuring;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class StereoCorrelationTests
{
    private static readonly float[] Noise = Signal.WhiteNoise(0.1, 5, 1);
    private static readonly float[] Other = Signal.WhiteNoise(0.1, 5, 2);

    [Fact]
    public void Pearson_dual_mono_is_one() => Assert.Equal(1, Value(Noise, Noise), 1e-4);

    [Fact]
    public void Pearson_louder_copy_is_one() => Assert.Equal(1, Value(Noise, Signal.Scale(Noise, 3)), 1e-4);

    [Fact]
    public void Pearson_inverted_pair_is_minus_one() => Assert.Equal(-1, Value(Noise, Signal.Scale(Noise, -1)), 1e-4);

    /// <summary>Chance leaves 1/sqrt(240 000) = 0.002.</summary>
    [Fact]
    public void Pearson_unrelated_channels_is_zero() => Assert.Equal(0, Value(Noise, Other), 0.01);

    /// <summary>Equal parts common and own: correlation of a and a + b is 1/sqrt 2.</summary>
    [Fact]
    public void Pearson_half_common_channels_is_one_over_root_two() => Assert.Equal(Math.Sqrt(0.5), Value(Noise, Signal.Add(Noise, Other)), 0.01);

    [Fact]
    public void Pearson_offset_in_both_channels_is_no_likeness()
    {
        var (left, right) = (Noise.ToArray(), Other.ToArray());
        for (var i = 0; i < left.Length; i++) (left[i], right[i]) = (left[i] + 0.5f, right[i] + 0.5f);

        Assert.Equal(0, Value(left, right), 0.01);
    }

    [Fact]
    public void Pearson_one_silent_channel_is_unmeasured()
    {
        var measurement = Analysed.Stereo(Signal.Interleave(Noise, Signal.Silence(5))).Measure("stereo_correlation");

        Assert.Equal(MeasurementState.Unmeasured, measurement.State);
        Assert.Equal("a channel is silent", measurement.Reason);
    }

    [Fact]
    public void Pearson_mono_is_not_applicable()
    {
        var measurement = Analysed.Mono(Noise).Measure("stereo_correlation");

        Assert.Equal(MeasurementState.NotApplicable, measurement.State);
        Assert.Equal("one channel", measurement.Reason);
    }

    private static double Value(float[] left, float[] right) => Analysed.Stereo(Signal.Interleave(left, right)).Value("stereo_correlation");
}
