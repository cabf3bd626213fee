using Curation.Models.Speech.SenseVoice;

namespace Curation.Models.Tests.Speech.SenseVoice;

public sealed class SenseVoiceWindowsTests
{
    [Fact]
    public void Thirty_seconds_stay_whole()
    {
        Assert.Equal([(0, 500)], SenseVoiceWindows.Cut(Loud(500), 2));
    }

    [Fact]
    public void Longer_sound_is_cut_where_it_is_quietest()
    {
        var features = Loud(700);
        features[450 * 2] = -5;

        Assert.Equal([(0, 450), (450, 700)], SenseVoiceWindows.Cut(features, 2));
    }

    [Fact]
    public void Quiet_long_before_the_limit_is_not_searched()
    {
        var features = Loud(700);
        features[100 * 2] = -5;

        Assert.True(SenseVoiceWindows.Cut(features, 2)[0].End >= 500 - 83);
    }

    [Fact]
    public void Stretches_follow_each_other_without_gaps()
    {
        var windows = SenseVoiceWindows.Cut(Loud(2345), 2);

        Assert.Equal(0, windows[0].First);
        Assert.Equal(2345, windows[^1].End);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.All(windows, window => Assert.InRange(window.End - window.First, 1, SenseVoiceWindows.Longest));
    }

    [Fact]
    public void No_sound_has_no_stretches()
    {
        Assert.Empty(SenseVoiceWindows.Cut([], 2));
    }

    private static float[] Loud(int frames) => [.. Enumerable.Repeat(1f, frames * 2)];
}
