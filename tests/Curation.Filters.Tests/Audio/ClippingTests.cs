using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class ClippingTests
{
    [Theory]
    [InlineData(440, 1.5)]
    [InlineData(100, 1.1)]
    [InlineData(3000, 2)]
    public void Ratio_sine_clipped_at_full_scale_is_its_share_of_full_scale_samples(double hertz, double peak)
    {
        var signal = Signal.ClippedSine(hertz, peak, 1, 2);

        Assert.Equal(ShareInRuns(signal, 1), Ratio(signal), 1e-9);
    }

    /// <summary>Clipped, turned down and stored in 16 bits.</summary>
    [Theory]
    [InlineData(440, 1.5, 0.5)]
    [InlineData(440, 1.1, 0.5)]
    [InlineData(100, 1.3, 0.25)]
    [InlineData(1000, 3, 0.7)]
    public void Ratio_clipped_sine_turned_down_is_still_found(double hertz, double peak, double limit)
    {
        var signal = Signal.Quantised16(Signal.ClippedSine(hertz, peak * limit, limit, 2));
        var expected = ShareInRuns(signal, (float)(Math.Round(limit * 32768) / 32768));

        Assert.InRange(Ratio(signal), 0.9 * expected, 1.02 * expected);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(440)]
    [InlineData(1000)]
    [InlineData(12000)]
    public void Ratio_round_tops_are_not_clipped(double hertz)
    {
        Assert.Equal(0, Ratio(Signal.Quantised16(Signal.Sine(hertz, 0.98, 2))));
        Assert.Equal(0, Ratio(Signal.Quantised16(Signal.Sine(hertz, 0.05, 2))));
        Assert.Equal(0, Ratio(Signal.Sine(hertz, 0.5, 2)));
    }

    [Fact]
    public void Ratio_noise_is_not_clipped() => Assert.Equal(0, Ratio(Signal.Quantised16(Signal.WhiteNoise(0.1, 5, 1))), 1e-4);

    [Fact]
    public void Ratio_low_noise_is_not_clipped() => Assert.Equal(0, Ratio(Signal.Quantised16(Signal.WhiteNoise(1 / 32768.0, 5, 1))));

    [Fact]
    public void Ratio_digital_silence_is_not_clipped() => Assert.Equal(0, Ratio(Signal.Silence(1)));

    [Fact]
    public void Ratio_quiet_square_wave_is_not_clipped() => Assert.Equal(0, Ratio(Signal.ClippedSine(440, 10, 0.01, 1)));

    /// <summary>A flat level between louder sound is a step of the wave, not a clipped top.</summary>
    [Fact]
    public void Ratio_flat_parts_below_the_local_peak_do_not_count()
    {
        var stepped = Signal.Add(Signal.ClippedSine(440, 10, 0.1, 2), Signal.Bursts(2000, 0.5, 0.01, 0.19, 2));

        Assert.InRange(Ratio(stepped), 0, 0.001);
    }

    [Fact]
    public void Ratio_short_overs_of_two_samples_do_not_count()
    {
        var signal = Signal.Sine(440, 0.5, 1);
        for (var i = 100; i < signal.Length; i += 1000) signal[i] = signal[i + 1] = 1;

        Assert.Equal(0, Ratio(signal));
    }

    /// <summary>One channel of two: half the share. The other channel's loudness does not hide it.</summary>
    [Fact]
    public void Ratio_one_clipped_channel_is_half_the_share()
    {
        var clipped = Signal.ClippedSine(440, 0.45, 0.3, 2);
        var clean = Signal.Sine(300, 0.9, 2);

        var ratio = Clipping.Ratio(Analysed.Stereo(Signal.Interleave(clipped, clean)).Frames, 2)!.Value;

        Assert.InRange(ratio, 0.45 * ShareInRuns(clipped, 0.3f), 0.51 * ShareInRuns(clipped, 0.3f));
    }

    private static double Ratio(float[] samples) => Clipping.Ratio(Analysed.Mono(samples).Frames, 1)!.Value;

    /// <summary>Counts by the definition: samples in runs of three or more at the limit.</summary>
    private static double ShareInRuns(float[] samples, float limit)
    {
        var count = 0;
        for (var from = 0; from < samples.Length;)
        {
            var to = from;
            while (to < samples.Length && Math.Abs(samples[to]) >= limit && Math.Sign(samples[to]) == Math.Sign(samples[from])) to++;
            if (to - from >= 3) count += to - from;
            from = Math.Max(to, from + 1);
        }

        return (double)count / samples.Length;
    }
}
