using Curation.Models.Speakers;
using Curation.Models.Voice;

namespace Curation.Models.Tests.Speakers;

public sealed class DiariserTests
{
    [Fact]
    public void Two_voices_in_three_stretches_are_two_speakers_with_three_turns()
    {
        var diarisation = Diarise(2000, frame => frame is >= 700 and < 1250 ? 1 : 0, [new(1, 6), new(7, 12), new(13, 18)]);

        Assert.Equal(2, diarisation.SpeakerCount);
        Assert.Equal([new SpeakerTurn("S1", 1, 6), new SpeakerTurn("S2", 7, 12), new SpeakerTurn("S1", 13, 18)], diarisation.Turns);
    }

    [Fact]
    public void A_change_inside_a_stretch_is_found_within_a_step()
    {
        var diarisation = Diarise(1200, frame => frame < 600 ? 5 : 9, [new(0, 12)]);

        Assert.Equal(["S1", "S2"], diarisation.Turns.Select(turn => turn.Speaker));
        Assert.InRange(diarisation.Turns[0].End, 6 - 0.75, 6 + 0.75);
        Assert.Equal(diarisation.Turns[0].End, diarisation.Turns[1].Start);
        Assert.Equal(12, diarisation.Turns[1].End);
    }

    [Fact]
    public void One_voice_is_one_speaker_however_long()
    {
        var diarisation = Diarise(3000, _ => 2, [new(0, 9.3), new(11.1, 29.9)]);

        Assert.Equal(1, diarisation.SpeakerCount);
        Assert.Equal(2, diarisation.Turns.Count);
    }

    [Fact]
    public void A_voice_in_too_few_windows_goes_to_the_nearest_speaker()
    {
        // 60 s of one voice are 80 windows; 0.5 s of another one is 1 of 81, less than the smallest share.
        var diarisation = Diarise(6200, frame => frame < 6050 ? 0 : 1, [new(0, 60), new(61, 61.5)]);

        Assert.Equal(1, diarisation.SpeakerCount);
        Assert.Equal("S1", diarisation.Turns[^1].Speaker);
    }

    [Fact]
    public void Speech_too_short_to_judge_has_no_speaker()
    {
        Assert.Equal(0, Diarise(300, _ => 0, [new(1, 1.3)]).SpeakerCount);
        Assert.Equal(0, Diarise(300, _ => 0, []).SpeakerCount);
    }

    [Fact]
    public void A_word_belongs_to_the_speaker_who_shares_most_of_its_time()
    {
        var diarisation = new Diarisation([new("S1", 0, 2), new("S2", 2, 4)], new Dictionary<string, float[]> { ["S1"] = [], ["S2"] = [] });

        Assert.Equal("S2", diarisation.SpeakerBetween(1.8, 2.5));
        Assert.Equal("S1", diarisation.SpeakerBetween(1, 1));
        Assert.Null(diarisation.SpeakerBetween(5, 6));
    }

    [Fact]
    public void Sound_of_a_speaker_is_that_of_all_turns()
    {
        var diarisation = new Diarisation([new("S1", 0, 1), new("S2", 1, 2), new("S1", 2.5, 9)], new Dictionary<string, float[]> { ["S1"] = [], ["S2"] = [] });

        Assert.Equal([0, 1, 5, 6, 7], diarisation.SoundOf("S1", [0, 1, 2, 3, 4, 5, 6, 7], sampleRate: 2));
        Assert.Empty(diarisation.SoundOf("S3", [0, 1, 2, 3], sampleRate: 2));
    }

    private static Diarisation Diarise(int frames, Func<int, int> voiceOfFrame, IReadOnlyList<SpeechSegment> speech)
    {
        using var tiny = VoiceGraph.Build();
        return new Diariser(new SpeakerEmbedder(tiny.Graph)).Diarise(VoiceGraph.Frames(frames, voiceOfFrame), speech, TestContext.Current.CancellationToken);
    }
}
