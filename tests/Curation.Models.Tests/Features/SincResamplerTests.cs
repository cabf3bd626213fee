using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class SincResamplerTests
{
    [Theory]
    [InlineData("dog_audio")]
    [InlineData("bird_audio")]
    [InlineData("short_1p3s_16k")]
    public async Task Resampled_sound_equals_torchaudio(string name)
    {
        var parity = new ParityCase("imagebind-preprocess");
        var item = parity.Json.GetProperty("items").GetProperty(name);
        var channels = await Decoded.ChannelsAsync(parity.Media($"{name}.wav"), item.GetProperty("channels").GetInt32());

        var resampled = new SincResampler(item.GetProperty("sample_rate").GetInt32(), 16_000).Resample(channels[0]);

        parity.Near($"{name}.resampled_ch0", parity.Floats($"{name}.resampled_ch0"), resampled, 2e-6);
    }

    [Theory]
    [InlineData(48_000, 16_000)]
    [InlineData(44_100, 16_000)]
    [InlineData(8_000, 16_000)]
    [InlineData(16_000, 22_050)]
    public void Sine_stays_the_same_sine(int from, int to)
    {
        var resampled = new SincResampler(from, to).Resample(Tone.Sine(440, from / 10, rate: from));
        var expected = Tone.Sine(440, to / 10, rate: to);

        Assert.Equal(expected.Length, resampled.Length);
        for (var i = to / 100; i < expected.Length - (to / 100); i++) Assert.Equal(expected[i], resampled[i], 2e-3f);
    }

    [Fact]
    public void Tone_above_the_new_half_rate_is_gone()
    {
        var resampled = new SincResampler(48_000, 16_000).Resample(Tone.Sine(12_000, 48_000, rate: 48_000));

        Assert.True(resampled.Skip(100).SkipLast(100).Max(Math.Abs) < 5e-3);
    }

    [Theory]
    [InlineData(44_100, 16_000, 115_110, 41_764)]
    [InlineData(48_000, 16_000, 1, 1)]
    [InlineData(48_000, 16_000, 0, 0)]
    [InlineData(16_000, 16_000, 5, 5)]
    public void Length_is_rounded_up(int from, int to, int samples, int resampled) =>
        Assert.Equal(resampled, new SincResampler(from, to).Resample(new float[samples]).Length);

    [Theory]
    [InlineData(0, 16_000)]
    [InlineData(16_000, -1)]
    public void Impossible_rates_are_refused(int from, int to) => Assert.Throws<ArgumentOutOfRangeException>(() => new SincResampler(from, to));

    [Fact]
    public void Sample_that_is_no_number_is_refused() => Assert.Throws<ArgumentException>(() => new SincResampler(48_000, 16_000).Resample([float.NaN]));
}
