using Curation.Clips.Streaming;
using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

public sealed class OnsetAnalyzerTests
{
    [Fact]
    public void Frame_holds_the_mean_square_of_its_10_ms()
    {
        // A sine of amplitude 0.5 has a mean square of 0.125; 1 kHz fits 10 times in a frame.
        var frames = SyntheticScene.Listen(Sine(1000, 0.5, 1));

        Assert.Equal(100, frames.Length);
        foreach (var frame in frames) Assert.Equal(0.125f, frame.Power, 1e-4f);
    }

    [Fact]
    public void Frames_do_not_depend_on_how_the_sound_is_cut_into_blocks()
    {
        var samples = Sine(440, 0.3, 0.5);
        var whole = SyntheticScene.Listen(samples);
        var analyzer = new OnsetAnalyzer();
        var pieces = new List<OnsetFrame>();
        for (var at = 0; at < samples.Length; at += 1023) analyzer.Push(samples.AsSpan(at, Math.Min(1023, samples.Length - at)), pieces);

        Assert.Equal(whole.Length, pieces.Count);
        for (var i = 0; i < whole.Length; i++) Assert.Equal(whole[i].Power, pieces[i].Power, 1e-6f);
    }

    [Fact]
    public void Samples_that_are_not_finite_count_as_silence()
    {
        var samples = new float[960];
        samples[3] = float.NaN;
        samples[500] = float.PositiveInfinity;

        Assert.All(SyntheticScene.Listen(samples), frame => Assert.Equal(default, frame));
    }

    private static float[] Sine(double hertz, double amplitude, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * SoundView.SampleRate)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / SoundView.SampleRate)))];
}
