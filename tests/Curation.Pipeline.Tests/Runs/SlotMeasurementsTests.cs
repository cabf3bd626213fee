using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Runs;

public sealed class SlotMeasurementsTests
{
    [Fact]
    public void Missing_names_every_measurement_of_a_slot_once_and_never_a_value()
    {
        var absent = SlotMeasurements.Missing(Split.SingleSpeech, [], _ => null).ToList();

        Assert.Equal(["aesthetic", "nsfw", "mos", "mos_signal", "mos_background", "av_similarity"], absent.Select(measurement => measurement.Name));
        Assert.All(absent, measurement => Assert.Equal((null, MeasurementState.Unmeasured), (measurement.Value, measurement.State)));
        Assert.Contains("'mos'", absent.Single(measurement => measurement.Name == "mos").Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_voice_scores_do_not_apply_to_sound_without_a_voice()
    {
        var states = SlotMeasurements.Missing(Split.Sound, [], _ => null).ToDictionary(measurement => measurement.Name, measurement => measurement.State);

        Assert.Equal(MeasurementState.NotApplicable, states["mos"]);
        Assert.Equal(MeasurementState.NotApplicable, states["mos_signal"]);
        Assert.Equal(MeasurementState.Unmeasured, states["av_similarity"]);
    }

    [Theory]
    [InlineData(Split.Singing)]
    [InlineData(Split.MultiSpeech)]
    [InlineData(null)]
    public void Missing_voice_scores_are_unmeasured_where_there_may_be_a_voice(Split? split)
    {
        Assert.Equal(MeasurementState.Unmeasured, SlotMeasurements.Missing(split, [], _ => null).Single(measurement => measurement.Name == "mos").State);
    }

    [Fact]
    public void Missing_says_why_a_slot_that_is_there_said_nothing()
    {
        var missing = SlotMeasurements.Missing(Split.SingleSpeech, [Measurement.Measured("mos", 3, "dnsmos-p835", "1")], slot => slot == "safety" ? "model.onnx is truncated" : null).ToList();

        Assert.DoesNotContain(missing, measurement => measurement.Name == "mos");
        Assert.Equal("model.onnx is truncated", missing.Single(measurement => measurement.Name == "nsfw").Reason);
    }
}
