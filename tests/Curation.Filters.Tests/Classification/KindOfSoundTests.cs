using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Filters.Classification;

namespace Curation.Filters.Tests.Classification;

public sealed class KindOfSoundTests
{
    // Two octaves of notes that a baritone sings.
    private static readonly double[] Melody = [147, 165, 196, 220, 196, 165, 147, 131];

    [Fact]
    public void Too_short_sound_is_unmeasured() => AssertUnmeasured(Sounds.Classify(new SyntheticVoice(1).Speak(0.3, 120)), "too short");

    [Fact]
    public void No_sound_is_unmeasured() => AssertUnmeasured(KindOfSound.Classify([]), "too short");

    [Fact]
    public void Digital_silence_is_unmeasured() => AssertUnmeasured(Sounds.Classify(new float[96_000]), "digital silence");

    [Fact]
    public void Sound_with_many_invalid_samples_is_unmeasured()
    {
        var sound = new SyntheticVoice(1).Speak(3, 120);
        for (var i = 0; i < 3000; i++) sound[i * 10] = float.NaN;

        AssertUnmeasured(Sounds.Classify(sound), "not numbers");
    }

    [Fact]
    public void Few_invalid_samples_do_not_hide_the_voice()
    {
        var sound = new SyntheticVoice(1).Speak(5, 120);
        sound[100_000] = float.NaN;

        Assert.Equal(Split.SingleSpeech, Sounds.Classify(sound).Split);
    }

    [Theory]
    [InlineData("tone")]
    [InlineData("noise")]
    [InlineData("chord")]
    [InlineData("clicks")]
    [InlineData("hum")]
    [InlineData("whistle")]
    [InlineData("melody of a plucked string")]
    public void Sound_without_voice_is_sound(string kind)
    {
        var sound = kind switch
        {
            "tone" => Sounds.Sine(5, 440),
            "noise" => Sounds.Noise(5, 1),
            "chord" => Sounds.Make(5, t => 0.1 * (Sounds.Harmonics(220, t) + Sounds.Harmonics(277.2, t) + Sounds.Harmonics(329.6, t))),
            "clicks" => Sounds.Make(5, t => t % 0.25 < 1.0 / 48_000 ? 1 : 0),
            "hum" => Sounds.Make(5, t => 0.1 * Sounds.Harmonics(50, t)),
            "whistle" => Sounds.Make(5, t => 0.3 * Math.Sin((2 * Math.PI * 2500 * t) + (200 * Math.Sin(2 * Math.PI * t)))),
            _ => Sounds.Make(6, t => 0.2 * Math.Exp(-6 * (t % 0.4)) * Sounds.Harmonics(Melody[(int)(t / 0.4) % Melody.Length], t)),
        };

        var result = Sounds.Classify(sound);

        Assert.Equal(Split.Sound, result.Split);
        Assert.True(result.SpeechRatio.Value < 0.1);
        Assert.Equal(MeasurementState.NotApplicable, result.SpeakerCount.State);
        Assert.Empty(result.Speakers);
    }

    [Theory]
    [InlineData(110, "male")]
    [InlineData(210, "female")]
    public void One_voice_is_single_speech_with_the_gender_of_its_pitch(double hz, string gender)
    {
        var result = Sounds.Classify(new SyntheticVoice(2).Speak(6, hz));

        Assert.Equal(Split.SingleSpeech, result.Split);
        Assert.True(result.SpeechRatio.Value > 0.8, $"{result.SpeechRatio.Value}");
        Assert.Equal(1, result.SpeakerCount.Value);
        Assert.All(result.Speakers, speaker =>
        {
            Assert.Equal(("S1", gender), (speaker.Id, speaker.Gender));
            Assert.InRange(speaker.GenderConfidence!.Value, 0.5, 0.95);
            Assert.Null(speaker.Age);
        });
    }

    [Fact]
    public void Two_voices_in_turn_are_two_speakers_with_their_turns()
    {
        // The second voice has a shorter vocal tract: formants 17 % higher.
        var low = new SyntheticVoice(3);
        var high = new SyntheticVoice(4, 1.17);
        var result = Sounds.Classify(low.Speak(4, 105), new float[24_000], high.Speak(4, 215), new float[24_000], low.Speak(4, 105));

        Assert.Equal(Split.MultiSpeech, result.Split);
        Assert.Equal(2, result.SpeakerCount.Value);
        Assert.Equal(["S1", "S2", "S1"], result.Speakers.Select(speaker => speaker.Id));
        Assert.Equal(["male", "female", "male"], result.Speakers.Select(speaker => speaker.Gender));
        double[] starts = [0, 4.5, 9];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(starts[i], result.Speakers[i].StartSeconds, 0.4);
            Assert.Equal(starts[i] + 4, result.Speakers[i].EndSeconds, 0.4);
        }
    }

    [Fact]
    public void Held_notes_with_vibrato_are_singing()
    {
        var result = Sounds.Classify(new SyntheticVoice(5).Sing(Melody));

        Assert.Equal(Split.Singing, result.Split);
        Assert.True(result.SingingScore.Value > 0.5);
        Assert.All(result.Speakers, speaker => Assert.Null(speaker.Gender));
    }

    [Fact]
    public void Speech_is_not_singing() => Assert.True(Sounds.Classify(new SyntheticVoice(6).Speak(6, 130)).SingingScore.Value < 0.2);

    [Fact]
    public void Voice_between_silences_is_found_where_it_is()
    {
        var result = Sounds.Classify(Quiet(2), new SyntheticVoice(7).Speak(3, 120), Quiet(2));

        var segment = Assert.Single(result.Voice);
        Assert.Equal(2, segment.StartSeconds, 0.3);
        Assert.Equal(5, segment.EndSeconds, 0.3);
        Assert.Equal(3 / 7.0, result.SpeechRatio.Value!.Value, 0.08);
    }

    [Fact]
    public void Loudness_does_not_change_the_kind()
    {
        var sound = new SyntheticVoice(8).Speak(5, 120);
        var quiet = sound.Select(sample => sample / 30).ToArray();

        Assert.Equal(Sounds.Classify(sound).Split, Sounds.Classify(quiet).Split);
        Assert.Equal(Sounds.Classify(sound).SpeechRatio.Value!.Value, Sounds.Classify(quiet).SpeechRatio.Value!.Value, 0.1);
    }

    [Fact]
    public void Measurements_name_signal_methods_and_a_version()
    {
        foreach (var measurement in Sounds.Classify(new SyntheticVoice(9).Speak(3, 120)).Measurements)
        {
            Assert.StartsWith("signal-", measurement.Method, StringComparison.Ordinal);
            Assert.Equal(KindOfSound.MethodVersion, measurement.MethodVersion);
        }
    }

    private static float[] Quiet(double seconds) => [.. Sounds.Noise(seconds, 11).Select(sample => sample / 300)];

    private static void AssertUnmeasured(KindOfSoundResult result, string reason)
    {
        Assert.All(result.Measurements, measurement =>
        {
            Assert.Equal(MeasurementState.Unmeasured, measurement.State);
            Assert.Contains(reason, measurement.Reason, StringComparison.Ordinal);
        });
        Assert.Null(result.Split);
        Assert.Null(result.SplitConfidence);
        Assert.Empty(result.Voice);
        Assert.Empty(result.Speakers);
    }
}
