using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class SynchformerSegmentsTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public void Segments_are_those_of_upstream(string variant)
    {
        var json = new ParityCase("synchformer-preprocess").Json;
        var item = json.GetProperty("variants").GetProperty(variant);
        var (start, offset) = (item.GetProperty("v_start_i_sec").GetDouble(), item.GetProperty("offset_sec").GetDouble());

        var plan = SynchformerSegments.Plan(json.GetProperty("frames_decoded").GetInt32(), json.GetProperty("samples_decoded").GetInt32(), start, offset);

        Assert.Equal(new SynchformerSegments(14, (int)(start * 25) + 2, (int)((start + offset) * 16_000) + 1280), plan);
    }

    [Theory]
    [InlineData(125, 80_000, 14, 2)]
    [InlineData(250, 160_000, 14, 2)]
    [InlineData(124, 79_360, 14, 2)]
    [InlineData(100, 64_000, 11, 2)]
    [InlineData(16, 10_240, 1, 0)]
    public void Shorter_clips_have_fewer_segments_from_the_middle(int frames, int samples, int count, int first) =>
        Assert.Equal(new SynchformerSegments(count, first, first * 640), SynchformerSegments.Plan(frames, samples));

    [Theory]
    [InlineData(15, 160_000, 0, 0)]
    [InlineData(250, 10_239, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(125, 80_000, 4.5, 0)]
    [InlineData(125, 80_000, 0, -0.5)]
    [InlineData(125, 80_000, -1, 0)]
    public void Nothing_fits_into_less_than_a_segment(int frames, int samples, double start, double offset) =>
        Assert.Null(SynchformerSegments.Plan(frames, samples, start, offset));

    [Fact]
    public void Segments_never_reach_past_either_stream()
    {
        for (var frames = 0; frames < 260; frames++)
        {
            for (var offset = -2.0; offset <= 2; offset += 0.37)
            {
                if (SynchformerSegments.Plan(frames, 120_001, 1, offset) is not { } plan) continue;

                Assert.InRange(plan.FirstFrame + ((plan.Count - 1) * 8) + 16, 16, frames);
                Assert.InRange(plan.FirstSample + ((plan.Count - 1) * 5120) + 10_240, 10_240, 120_001);
            }
        }
    }
}
