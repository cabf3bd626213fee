using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class SilenceTests
{
    private static readonly float[] Tone = Signal.Sine(1000, 0.5, 1);

    [Fact]
    public void Ratio_half_silent_is_a_half() => Assert.Equal(0.5, Ratio(Signal.Join(Tone, Signal.Silence(1))), 0.001);

    [Fact]
    public void Ratio_pause_of_90_ms_does_not_count() => Assert.Equal(0, Ratio(Signal.Join(Tone, Signal.Silence(0.09), Tone)));

    [Fact]
    public void Ratio_pause_of_100_ms_counts() =>
        Assert.Equal(0.1 / 2.1, Ratio(Signal.Join(Tone, Signal.Silence(0.1), Tone)), 0.001);

    /// <summary>-6 dBFS - 40 dB = -46 dBFS.</summary>
    [Theory]
    [InlineData(-47, 0.5)]
    [InlineData(-45, 0)]
    public void Ratio_beside_loud_sound_reaches_to_40_dB_below(double dbfs, double expected) =>
        Assert.Equal(expected, Ratio(Signal.Join(Tone, Signal.Sine(1000, Math.Pow(10, dbfs / 20), 1))), 0.001);

    /// <summary>The loud part is so quiet that -60 dBFS is the louder limit.</summary>
    [Theory]
    [InlineData(-61, 0.5)]
    [InlineData(-59, 0)]
    public void Ratio_beside_quiet_sound_reaches_to_60_dBFS(double dbfs, double expected) =>
        Assert.Equal(expected, Ratio(Signal.Join(Signal.Sine(1000, 0.01, 1), Signal.Sine(1000, Math.Pow(10, dbfs / 20), 1))), 0.001);

    [Fact]
    public void Ratio_constant_offset_is_no_sound() =>
        Assert.Equal(1, Ratio(Enumerable.Repeat(0.1f, 48_000).ToArray()), 0.001);

    [Fact]
    public void Ratio_inverted_stereo_is_not_silent() =>
        Assert.Equal(0, Silence.Ratio(Analysed.Stereo(Signal.Interleave(Tone, Signal.Scale(Tone, -1))).Frames, 2));

    [Fact]
    public void Ratio_digital_silence_is_whole() => Assert.Equal(1, Ratio(Signal.Silence(1)));

    private static double Ratio(float[] samples) => Silence.Ratio(Analysed.Mono(samples).Frames, 1)!.Value;
}
