using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Pipeline.Captions;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Captions;

public sealed class SignalCaptionerTests
{
    [Fact]
    public void Caption_states_shape_motion_camera_and_voice_as_measured()
    {
        var clip = Clip(Split.SingleSpeech, [new Speaker("S1", "female", 0.8, null, 0.5, 3.2)], [],
            ("motion_ratio", 0.12), ("camera_stability", 0.9), ("speech_ratio", 0.65), ("loudness_lufs", -23), ("snr_db", 30));

        var caption = SignalCaptioner.Describe(clip, 640, 360, 25);

        Assert.Equal("A landscape video of 4.0 seconds at 640x360 and 25 frames per second. Part of the picture (12 %) moves on its own. The camera is steady.", caption.Video);
        Assert.Equal("One female voice speaks for 65 % of the time (0.5-3.2 s). The sound is of normal loudness (-23 LUFS), clean.", caption.Audio);
        Assert.Equal($"{caption.Video} {caption.Audio}", caption.Fused);
    }

    [Fact]
    public void Caption_of_sound_names_its_events()
    {
        var caption = SignalCaptioner.Describe(Clip(Split.Sound, [], [0.8, 2.0], ("sync_offset_s", 0.01), ("sync_confidence", 0.9)), 360, 640, 29.97);

        Assert.Equal("No voice is heard. Sudden sounds begin at 0.8 s, 2.0 s.", caption.Audio);
        Assert.StartsWith("A portrait video", caption.Video, StringComparison.Ordinal);
        Assert.EndsWith("Sound and movement coincide.", caption.Fused, StringComparison.Ordinal);
    }

    [Fact]
    public void Caption_says_nothing_of_what_was_not_measured()
    {
        var caption = SignalCaptioner.Describe(Clip(null, [], []), 100, 100, 25);

        Assert.Equal("A square video of 4.0 seconds at 100x100 and 25 frames per second.", caption.Video);
        Assert.Equal("What is heard could not be told.", caption.Audio);
    }

    private static MeasuredClip Clip(Split? split, Speaker[] speakers, double[] events, params (string Name, double Value)[] values) => new(
        new ClipId("0"),
        new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(4)),
        split,
        [.. values.Select(value => Measurement.Measured(value.Name, value.Value, "test", "1"))],
        speakers,
        events,
        [],
        null);
}
