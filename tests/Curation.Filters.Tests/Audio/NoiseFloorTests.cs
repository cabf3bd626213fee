using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class NoiseFloorTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    public void SnrDb_tone_bursts_in_white_noise_give_the_ratio(double snrDb)
    {
        var mixed = Signal.AtSnr(Signal.Bursts(1000, 0.3, 0.3, 0.5, 10), Signal.WhiteNoise(1, 10, 7), snrDb);

        Assert.Equal(snrDb, NoiseFloor.SnrDb(Analysed.Mono(mixed).Frames)!.Value, 1.0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    public void SnrDb_noise_bursts_in_white_noise_give_the_ratio(double snrDb)
    {
        var loud = Signal.WhiteNoise(0.1, 10, 8);
        for (var i = 0; i < loud.Length; i++) if (i % 24_000 > 12_000) loud[i] = 0;
        var mixed = Signal.AtSnr(loud, Signal.WhiteNoise(1, 10, 9), snrDb);

        Assert.Equal(snrDb, NoiseFloor.SnrDb(Analysed.Mono(mixed).Frames)!.Value, 1.0);
    }

    [Fact]
    public void SnrDb_noise_alone_says_there_is_no_more_than_noise() =>
        Assert.InRange(NoiseFloor.SnrDb(Analysed.Mono(Signal.WhiteNoise(0.1, 10, 10)).Frames)!.Value, NoiseFloor.MinimumDb, -8);

    [Fact]
    public void SnrDb_shorter_than_half_a_second_is_unknown() =>
        Assert.Null(NoiseFloor.SnrDb(Analysed.Mono(Signal.WhiteNoise(0.1, 0.3, 11)).Frames));

    [Fact]
    public void SnrDb_channels_that_cancel_out_are_still_heard()
    {
        var mixed = Signal.AtSnr(Signal.Bursts(1000, 0.3, 0.3, 0.5, 10), Signal.WhiteNoise(1, 10, 7), 20);

        Assert.Equal(20, NoiseFloor.SnrDb(Analysed.Stereo(Signal.Interleave(mixed, Signal.Scale(mixed, -1))).Frames)!.Value, 1.0);
    }
}
