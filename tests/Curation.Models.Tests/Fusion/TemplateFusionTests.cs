using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Fusion;
using Curation.Models.Tagging;

namespace Curation.Models.Tests.Fusion;

public sealed class TemplateFusionTests
{
    [Fact]
    public void Captions_words_and_sounds_become_one_text_with_their_sources()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations =
            [
                new Annotation("video_caption", "A woman stands behind a counter. She smiles at the camera.", "florence", "2", 0.7),
                new Annotation("audio_caption", "A woman speaks calmly in a small room. A radio plays quietly.", "omni", "1", 0.9),
            ],
            Transcript = "We open at nine.",
            Language = "en",
            Split = Split.SingleSpeech,
            Speakers = [new Speaker("S1", "female", 0.9, null, 0, 2)],
            Tags = [new AudioTag("Speech", 0.9), new AudioTag("Bell", 0.6), new AudioTag("Radio", 0.5), new AudioTag("Dog", 0.1)],
        });

        Assert.Equal(
            "A woman stands behind a counter. She smiles at the camera. A woman speaks calmly in a small room. A radio plays quietly. "
            + "A female voice says in English: \"We open at nine.\" The sounds heard include bell.",
            fused.Text);
        Assert.Equal(
            ["annotation 0", "annotation 0", "annotation 1", "annotation 1", "transcript, split, speakers", "tag Bell"],
            fused.Claims.Select(claim => string.Join(", ", claim.Sources)));
        Assert.Empty(fused.Dropped);
        Assert.Equal("template", fused.Model);
    }

    [Fact]
    public void A_contradicted_sentence_is_dropped_with_its_reason_and_the_rest_stays()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations = [new Annotation("audio_caption", "A man speaks softly. A clock ticks.", "omni", "1", 0.9)],
            Split = Split.SingleSpeech,
            Speakers = [new Speaker("S1", "female", 0.9, null, 0, 2)],
        });

        var dropped = Assert.Single(fused.Dropped);
        Assert.Equal("A man speaks softly.", dropped.Sentence);
        Assert.Equal(0, dropped.Source.AnnotationIndex);
        Assert.Equal("tells a man's voice, but only female voices speak", dropped.Reason);
        Assert.Equal("A clock ticks.", fused.Text);
    }

    [Fact]
    public void A_sound_that_only_a_picture_model_tells_is_dropped()
    {
        var fused = TemplateFusion.Fuse(new FusionInput { Annotations = [new Annotation("video_caption", "A dog stands in a yard. The sound of barking can be heard.", "florence", "2", 0.7)] });

        Assert.Equal("A dog stands in a yard.", fused.Text);
        Assert.Equal("tells a sound that nothing heard: barking", Assert.Single(fused.Dropped).Reason);
    }

    [Fact]
    public void A_sound_that_a_tag_supports_stays()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations = [new Annotation("video_caption", "A dog stands in a yard and barks.", "florence", "2", 0.7)],
            Tags = [new AudioTag("Bark", 0.8)],
        });

        Assert.Equal("A dog stands in a yard and barks.", fused.Text);
    }

    [Fact]
    public void What_two_models_say_is_said_once_with_both_as_sources()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations =
            [
                new Annotation("audio_caption", "A dog barks loudly twice.", "omni", "1", 0.9),
                new Annotation("audio_caption", "A dog is barking twice. Rain falls.", "gemini", "1", 0.8),
            ],
        });

        Assert.Equal("A dog barks loudly twice. Rain falls.", fused.Text);
        Assert.Equal([0, 1], fused.Claims[0].Sources.Select(source => source.AnnotationIndex));
    }

    [Fact]
    public void Two_speakers_are_quoted_in_turn()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Transcript = "Are you ready? Yes I am. Good.",
            Language = "en",
            Split = Split.MultiSpeech,
            Speakers = [new Speaker("S1", "female", 0.9, null, 0, 1), new Speaker("S2", "male", 0.9, null, 1, 2)],
            Words =
            [
                new Word("Are", 0, 0.1, "S1"), new Word("you", 0.1, 0.2, "S1"), new Word("ready?", 0.2, 0.5, "S1"),
                new Word("Yes", 1, 1.1, "S2"), new Word("I", 1.1, 1.2, "S2"), new Word("am.", 1.2, 1.3, "S2"), new Word("Good.", 2, 2.2, "S1"),
            ],
        });

        Assert.Equal("A woman says in English: \"Are you ready?\" A man says: \"Yes I am.\" The woman says: \"Good.\"", fused.Text);
    }

    [Fact]
    public void A_transcript_is_quoted_whole_and_only()
    {
        var fused = TemplateFusion.Fuse(new FusionInput { Transcript = "Say \"cheese\" now", Language = "de-DE", Split = Split.Singing });

        Assert.Equal("A voice sings in German: \"Say 'cheese' now.\"", fused.Text);
        Assert.Null(Contradictions.Find(fused.Claims[0].Sentence, isHeard: true, FusionFacts.From(new FusionInput { Transcript = "Say \"cheese\" now" })));
    }

    [Fact]
    public void A_silent_clip_is_called_so_by_its_measurement()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations = [new Annotation("audio_caption", "Soft music plays.", "omni", "1", 0.9)],
            Split = Split.Sound,
            Measurements = [Measurement.Measured("silence_ratio", 1, "test", "1"), Measurement.Measured("speech_ratio", 0, "test", "1")],
        });

        Assert.Equal("There is no sound.", fused.Text);
        Assert.Equal("silence_ratio", Assert.Single(Assert.Single(fused.Claims).Sources).Name);
        Assert.Single(fused.Dropped);
    }

    [Fact]
    public void The_embedded_captioner_steps_back_where_a_model_spoke()
    {
        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations =
            [
                new Annotation("video_caption", "A landscape video of 5.0 seconds at 640x360 and 25 frames per second.", "signal", "1", null),
                new Annotation("video_caption", "Waves roll onto a beach.", "florence", "2", 0.6),
            ],
        });

        Assert.Equal("Waves roll onto a beach.", fused.Text);
    }

    [Fact]
    public void The_embedded_captioner_alone_is_taken_as_it_is()
    {
        const string Video = "A landscape video of 5.0 seconds at 640x360 and 25 frames per second. The camera is steady.";
        const string Audio = "No voice is heard. The sound is of normal loudness (-20 LUFS), clean.";

        var fused = TemplateFusion.Fuse(new FusionInput
        {
            Annotations = [new Annotation("video_caption", Video, "signal", "1", null), new Annotation("audio_caption", Audio, "signal", "1", null)],
            Split = Split.Sound,
            Measurements = [Measurement.Measured("loudness_lufs", -20, "test", "1"), Measurement.Measured("camera_stability", 0.9, "test", "1"), Measurement.Measured("speech_ratio", 0, "test", "1")],
        });

        Assert.Equal($"{Video} {Audio}", fused.Text);
        Assert.Empty(fused.Dropped);
    }

    [Fact]
    public void Nothing_known_gives_no_claim()
    {
        var fused = TemplateFusion.Fuse(new FusionInput());

        Assert.Empty(fused.Text);
        Assert.Empty(fused.Claims);
    }
}
