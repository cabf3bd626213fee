using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class SynchformerAudioTests
{
    private const int Segment = SynchformerAudio.Bins * SynchformerAudio.Frames;

    [Theory]
    [InlineData("a.audio_out", 0.0, 0.0, false)]
    [InlineData("b.audio_out_seg0_seg13", 1.3, -0.4, true)]
    [InlineData("c.audio_out_seg0_seg13", 2.0, 0.6, true)]
    public void Input_equals_upstream(string variant, double start, double offset, bool ends)
    {
        var parity = new ParityCase("synchformer-preprocess");
        var pcm = parity.Floats("pcm");

        var input = new SynchformerAudio().Compute(pcm, SynchformerSegments.Plan(250, pcm.Length, start, offset)!);

        Assert.Equal(14 * Segment, input.Length);
        parity.Near(variant, parity.Floats(variant), ends ? [.. input[..Segment], .. input[(13 * Segment)..]] : input, 1e-3, 2e-5);
    }

    [Fact]
    public void Last_frame_is_zero_before_the_normalisation()
    {
        var input = new SynchformerAudio().Compute(Tone.Noise(10_240, seed: 3), new SynchformerSegments(1, 0, 0));

        for (var bin = 0; bin < SynchformerAudio.Bins; bin++) Assert.Equal(4.2677393 / (2 * 4.5689974), input[(bin * SynchformerAudio.Frames) + 65], 1e-6);
    }

    [Fact]
    public void Silence_is_the_logarithm_of_a_millionth()
    {
        var input = new SynchformerAudio().Compute(new float[10_240], new SynchformerSegments(1, 0, 0));

        Assert.Equal((Math.Log(1e-6) + 4.2677393) / (2 * 4.5689974), input[0], 1e-6);
    }

    [Fact]
    public void Segments_past_the_end_are_refused() =>
        Assert.Throws<ArgumentException>(() => new SynchformerAudio().Compute(new float[10_239], new SynchformerSegments(1, 0, 0)));

    [Fact]
    public void Sample_that_is_no_number_is_refused()
    {
        var samples = new float[10_240];
        samples[7] = float.NaN;

        Assert.Throws<ArgumentException>(() => new SynchformerAudio().Compute(samples, new SynchformerSegments(1, 0, 0)));
    }
}
