using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Fusion;

namespace Curation.Models.Tests.Fusion;

public sealed class ContradictionsTests
{
    private static readonly FusionInput Woman = new()
    {
        Split = Split.SingleSpeech,
        Transcript = "We open at nine tomorrow.",
        Language = "en",
        Speakers = [new Speaker("S1", "female", 0.95, null, 0, 3)],
        Measurements = [Value("speech_ratio", 0.8), Value("silence_ratio", 0.1), Value("loudness_lufs", -20), Value("singing_score", 0.05)],
        Faces = 1,
    };

    private static readonly FusionInput Quiet = new()
    {
        Split = Split.Sound,
        Measurements = [Value("speech_ratio", 0), Value("silence_ratio", 1)],
        Faces = 0,
    };

    private static readonly FusionInput Song = new() { Split = Split.Singing, Measurements = [Value("speech_ratio", 0.7), Value("singing_score", 0.9)] };

    private static readonly FusionInput Talk = new()
    {
        Split = Split.MultiSpeech,
        Speakers = [new Speaker("S1", "female", 0.9, null, 0, 2), new Speaker("S2", "male", 0.9, null, 2, 4)],
        Measurements = [Value("speech_ratio", 0.7), Value("speaker_count", 2)],
    };

    private static readonly FusionInput Picture = new() { Measurements = [Value("camera_stability", 0.2), Value("saturation", 0.5), Value("motion_ratio", 0.6)] };

    [Theory]
    [InlineData("The clip is completely silent.")]
    [InlineData("There is no audible sound.")]
    [InlineData("There is no speech in the recording.")]
    [InlineData("A man speaks calmly.")]
    [InlineData("A deep male voice is heard.")]
    [InlineData("A woman sings softly.")]
    [InlineData("Two people are talking.")]
    [InlineData("A lively conversation takes place.")]
    [InlineData("She speaks in French.")]
    [InlineData("A German voice is heard.")]
    [InlineData("No people are visible.")]
    [InlineData("She says \"see you tonight\".")]
    public void A_sentence_against_one_woman_speaking_English_is_found(string sentence) => Assert.NotNull(Find(sentence, Woman));

    [Theory]
    [InlineData("A woman speaks calmly.")]
    [InlineData("A female voice says \"open at nine\" in English.")]
    [InlineData("There is no music.")]
    [InlineData("Nobody sings.")]
    [InlineData("No man speaks.")]
    [InlineData("One voice is heard in a quiet room.")]
    [InlineData("The man listens while a woman speaks.")]
    [InlineData("Birds are singing outside.")]
    [InlineData("A German shepherd lies on the floor.")]
    [InlineData("The room falls silent for a moment.")]
    [InlineData("A child holds a still camera.")]
    public void A_sentence_that_fits_one_woman_speaking_English_passes(string sentence) => Assert.Null(Find(sentence, Woman));

    [Theory]
    [InlineData("Music plays in the background.")]
    [InlineData("A man speaks.")]
    public void A_sound_told_of_a_silent_clip_is_found(string sentence) => Assert.NotNull(Find(sentence, Quiet));

    [Theory]
    [InlineData("The clip is silent.")]
    [InlineData("There is no sound.")]
    public void Silence_told_of_a_silent_clip_passes(string sentence) => Assert.Null(Find(sentence, Quiet));

    [Theory]
    [InlineData("A dog runs over the grass.")]
    [InlineData("No people are visible.")]
    public void What_is_seen_of_a_silent_clip_passes(string sentence) => Assert.Null(Contradictions.Find(sentence, isHeard: false, FusionFacts.From(Quiet)));

    [Theory]
    [InlineData("There is no singing.", false)]
    [InlineData("The piece is purely instrumental.", false)]
    [InlineData("A woman sings.", true)]
    public void Singing_is_checked_against_the_kind_of_sound(string sentence, bool passes) => Assert.Equal(passes, Find(sentence, Song) is null);

    [Theory]
    [InlineData("Three people are speaking.", false)]
    [InlineData("Only one voice is heard.", false)]
    [InlineData("Two voices alternate.", true)]
    [InlineData("Several people talk.", true)]
    [InlineData("A man speaks and a woman answers.", true)]
    public void The_number_of_voices_is_checked(string sentence, bool passes) => Assert.Equal(passes, Find(sentence, Talk) is null);

    [Theory]
    [InlineData("The camera remains steady.", false)]
    [InlineData("A static shot shows a street.", false)]
    [InlineData("The clip is in black and white.", false)]
    [InlineData("It is a still image.", false)]
    [InlineData("The footage is shaky.", true)]
    [InlineData("A black and white cat sleeps.", true)]
    public void The_picture_is_checked_against_what_was_measured(string sentence, bool passes) => Assert.Equal(passes, Find(sentence, Picture) is null);

    [Fact]
    public void Without_facts_nothing_is_overruled()
    {
        foreach (var sentence in (string[])["The clip is silent.", "A man speaks.", "No people are visible.", "Three people are talking.", "She sings in French.", "The camera is steady."])
        {
            Assert.Null(Find(sentence, new FusionInput()));
        }
    }

    [Fact]
    public void A_gender_that_is_not_sure_overrules_nothing() =>
        Assert.Null(Find("A man speaks.", Woman with { Speakers = [new Speaker("S1", "female", 0.6, null, 0, 3)] }));

    private static string? Find(string sentence, FusionInput input) => Contradictions.Find(sentence, isHeard: true, FusionFacts.From(input));

    private static Measurement Value(string name, double value) => Measurement.Measured(name, value, "test", "1");
}
