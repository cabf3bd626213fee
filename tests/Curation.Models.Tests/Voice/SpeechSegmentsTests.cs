using Curation.Models.Voice;

namespace Curation.Models.Tests.Voice;

public sealed class SpeechSegmentsTests
{
    private const double Window = 512.0 / 16_000;
    private const double Pad = 0.030;

    [Fact]
    public void Speech_runs_from_its_first_window_to_the_first_quiet_one_and_is_padded()
    {
        var speech = Assert.Single(Find(100, (20, 40)));

        Assert.Equal((20 * Window) - Pad, speech.StartSeconds, 9);
        Assert.Equal((40 * Window) + Pad, speech.EndSeconds, 9);
    }

    [Fact]
    public void Probability_between_the_thresholds_keeps_speech_going()
    {
        var probabilities = Probabilities(100, (20, 60));
        for (var i = 30; i < 50; i++) probabilities[i] = 0.4f;

        Assert.Equal((60 * Window) + Pad, Assert.Single(SpeechSegments.Find(probabilities, 100 * 512, new VadOptions())).EndSeconds, 9);
    }

    [Fact]
    public void Silence_below_100_ms_does_not_part_speech()
    {
        // Upstream parts at the first quiet window that lies 100 ms (3.125 windows) or more after the silence began: four windows on.
        Assert.Single(Find(100, (10, 30), (34, 60)));
        Assert.Equal(2, Find(100, (10, 30), (35, 60)).Count);
    }

    [Fact]
    public void Speech_of_250_ms_or_less_is_dropped()
    {
        // 7 windows are 224 ms, 8 are 256 ms.
        Assert.Empty(Find(100, (20, 27)));
        Assert.Single(Find(100, (20, 28)));
    }

    [Fact]
    public void Speech_that_never_ends_ends_with_the_clip()
    {
        var probabilities = Probabilities(50, (20, 50));

        var speech = Assert.Single(SpeechSegments.Find(probabilities, (50 * 512) - 100, new VadOptions()));

        Assert.Equal(((50 * 512) - 100) / 16_000.0, speech.EndSeconds, 9);
    }

    [Fact]
    public void Padding_stays_within_the_clip_and_neighbours_meet_in_the_middle()
    {
        var wide = new VadOptions { Pad = TimeSpan.FromMilliseconds(200) };

        var found = SpeechSegments.Find(Probabilities(60, (1, 20), (25, 59)), 60 * 512, wide);

        Assert.Equal(0, found[0].StartSeconds);
        Assert.Equal(22.5 * Window, found[0].EndSeconds, 9);
        Assert.Equal(22.5 * Window, found[1].StartSeconds, 9);
        Assert.Equal(60 * Window, found[1].EndSeconds, 9);
    }

    [Fact]
    public void Share_of_speech_is_unknown_for_a_clip_without_samples()
    {
        Assert.Null(SpeechSegments.Ratio([], 0));
        Assert.Equal(0.25, SpeechSegments.Ratio([new SpeechSegment(1, 2)], 64_000));
    }

    private static IReadOnlyList<SpeechSegment> Find(int windows, params (int From, int To)[] loud) =>
        SpeechSegments.Find(Probabilities(windows, loud), windows * 512, new VadOptions());

    private static float[] Probabilities(int windows, params (int From, int To)[] loud)
    {
        var probabilities = new float[windows];
        foreach (var (from, to) in loud) Array.Fill(probabilities, 0.9f, from, to - from);
        return probabilities;
    }
}
