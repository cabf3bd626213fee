using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class ClipStateTests
{
    [Fact]
    public void Models_measurement_takes_the_signals_place()
    {
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(4));
        var clip = new MeasuredClip(
            ClipId.From(new string('a', 64), span, PipelineVersion.Current),
            span,
            Split.SingleSpeech,
            [Measurement.Measured("speech_ratio", 0.4, "signal-voice-activity", "1"), Measurement.Measured("snr_db", 20, "wada-snr", "1")],
            [],
            [],
            [],
            null);

        var state = new ClipState(clip).With(Measurement.Measured("speech_ratio", 0.9, "silero-vad", "1+7ed98ddb"));

        Assert.Equal((0.9, 20.0), (state.Value("speech_ratio"), state.Value("snr_db")));
        Assert.Equal(2, state.Measurements.Count);
        Assert.Equal("silero-vad", state.Measurements.Single(measurement => measurement.Name == "speech_ratio").Method);
    }
}
