using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Runs;

public sealed class SlotMeasurementsTests
{
    [Fact]
    public void Absent_names_every_measurement_of_a_slot_once_and_never_a_value()
    {
        var absent = SlotMeasurements.Absent(Split.SingleSpeech).ToList();

        Assert.Equal(["aesthetic", "nsfw", "mos", "mos_signal", "mos_background", "av_similarity"], absent.Select(measurement => measurement.Name));
        Assert.All(absent, measurement => Assert.Equal((null, MeasurementState.Unmeasured), (measurement.Value, measurement.State)));
        Assert.Contains("'mos'", absent.Single(measurement => measurement.Name == "mos").Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_voice_scores_do_not_apply_to_sound_without_a_voice()
    {
        var states = SlotMeasurements.Absent(Split.Sound).ToDictionary(measurement => measurement.Name, measurement => measurement.State);

        Assert.Equal(MeasurementState.NotApplicable, states["mos"]);
        Assert.Equal(MeasurementState.NotApplicable, states["mos_signal"]);
        Assert.Equal(MeasurementState.Unmeasured, states["av_similarity"]);
    }

    [Theory]
    [InlineData(Split.Singing)]
    [InlineData(Split.MultiSpeech)]
    [InlineData(null)]
    public void Absent_voice_scores_are_unmeasured_where_there_may_be_a_voice(Split? split)
    {
        Assert.Equal(MeasurementState.Unmeasured, SlotMeasurements.Absent(split).Single(measurement => measurement.Name == "mos").State);
    }
}
