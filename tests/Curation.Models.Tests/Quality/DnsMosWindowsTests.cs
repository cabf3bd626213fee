using Curation.Models.Quality;

namespace Curation.Models.Tests.Quality;

public sealed class DnsMosWindowsTests
{
    // Counts by upstream's own line: int(floor(len / 16000) - 9.01) + 1, after doubling to at least 144160 samples.
    [Theory]
    [InlineData(144_160, 1)]
    [InlineData(160_000, 1)]
    [InlineData(175_999, 1)]
    [InlineData(176_000, 2)]
    [InlineData(320_000, 11)]
    [InlineData(128_000, 7)]
    [InlineData(80_000, 1)]
    [InlineData(48_000, 3)]
    [InlineData(1, 7)]
    public void Windows_of_a_clip_are_as_many_as_upstream_counts(long samples, int windows)
    {
        Assert.Equal(windows, DnsMosWindows.Starts(samples, DnsMosWindows.PublishedHop).Count);
    }

    [Fact]
    public void Windows_start_a_hop_apart_and_end_within_the_clip()
    {
        var starts = DnsMosWindows.Starts(320_000, TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 11).Select(second => second * 16_000L), starts);
        Assert.True(starts[^1] + DnsMosWindows.WindowSamples <= 320_000);
    }

    [Fact]
    public void A_longer_hop_has_fewer_windows()
    {
        Assert.Equal([0L, 80_000L, 160_000L], DnsMosWindows.Starts(320_000, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_clip_without_samples_has_no_window()
    {
        Assert.Empty(DnsMosWindows.Starts(0, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_short_clip_is_repeated_without_a_gap()
    {
        var window = new float[7];

        DnsMosWindows.Copy([1, 2, 3], 4, window);

        Assert.Equal([2, 3, 1, 2, 3, 1, 2], window);
    }

    [Fact]
    public void A_hop_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DnsMosWindows.Starts(1, TimeSpan.Zero));
    }
}
