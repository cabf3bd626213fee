using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class BandwidthTests
{
    /// <summary>The test filter's edge is itself some 200 Hz wide at -50 dB.</summary>
    private const double ToleranceHertz = 350;

    [Theory]
    [InlineData(3400)]
    [InlineData(4000)]
    [InlineData(8000)]
    [InlineData(11025)]
    [InlineData(16000)]
    public void Hertz_low_passed_noise_ends_at_the_edge(double cutoff) =>
        Assert.Equal(cutoff, Hertz(Signal.LowPassed(Signal.WhiteNoise(0.1, 2, 1), cutoff)), ToleranceHertz);

    [Fact]
    public void Hertz_white_noise_reaches_half_the_sample_rate() => Assert.Equal(24_000, Hertz(Signal.WhiteNoise(0.1, 2, 1)));

    [Theory]
    [InlineData(440)]
    [InlineData(6000)]
    public void Hertz_pure_tone_ends_at_the_tone(double hertz) => Assert.InRange(Hertz(Signal.Sine(hertz, 0.5, 2)), hertz, hertz + ToleranceHertz);

    [Fact]
    public void Hertz_sweep_ends_at_its_highest_frequency() => Assert.Equal(10_000, Hertz(Signal.Sweep(100, 10_000, 0.5, 20)), ToleranceHertz);

    [Fact]
    public void Hertz_one_click_changes_nothing()
    {
        var noise = Signal.LowPassed(Signal.WhiteNoise(0.02, 2, 1), 8000);
        noise[50_000] = 1;

        Assert.Equal(8000, Hertz(noise), ToleranceHertz);
    }

    [Fact]
    public void Hertz_chirps_of_50_ms_are_heard() =>
        Assert.InRange(Hertz(Signal.Add(Signal.Sine(500, 0.1, 4), Signal.Bursts(9000, 0.1, 0.05, 3.95, 4))), 9000, 9500);

    [Fact]
    public void Hertz_offset_changes_nothing()
    {
        var noise = Signal.LowPassed(Signal.WhiteNoise(0.02, 2, 1), 8000);
        for (var i = 0; i < noise.Length; i++) noise[i] += 0.5f;

        Assert.Equal(8000, Hertz(noise), ToleranceHertz);
    }

    [Fact]
    public void Hertz_digital_silence_is_unknown() => Assert.Null(Bandwidth.Hertz(Analysed.Mono(Signal.Silence(1)).Frames));

    private static double Hertz(float[] samples) => Bandwidth.Hertz(Analysed.Mono(samples).Frames)!.Value;
}
