using Curation.Clips;
using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class ClipTextsTests
{
    [Theory]
    [InlineData(null, "a dog", "barks", null, "a dog", "barks")]
    [InlineData("a dog barks", null, "barks", null, "a dog barks", "barks")]
    [InlineData("a dog barks", "a dog", null, null, "a dog", "a dog barks")]
    [InlineData(null, null, null, "hello", "", "Speech: \"hello\"")]
    [InlineData(null, " a man ", "a voice", " hello ", "a man", "a voice Speech: \"hello\"")]
    [InlineData(null, null, " ", "", "", "")]
    public void Each_side_has_its_caption_and_the_sound_its_words(string? caption, string? seen, string? heard, string? words, string video, string audio)
    {
        var texts = ClipTexts.Of(Clip(Split.SingleSpeech) with { Caption = caption, VideoCaption = seen, AudioCaption = heard, Transcript = words }, null);

        Assert.Equal(new ClipTexts(video, audio), texts);
        Assert.Equal(video.Length + audio.Length == 0, texts.IsEmpty);
    }

    [Fact]
    public void Words_that_are_sung_are_lyrics()
    {
        Assert.Equal("a song Lyrics: \"la la\"", ClipTexts.Of(Clip(Split.Singing) with { AudioCaption = "a song", Transcript = "la la" }, null).Audio);
    }

    [Theory]
    [InlineData("hello", 100, "hello")]
    [InlineData(" hällo ", 2, "h")]
    [InlineData(null, 100, "")]
    public void Words_with_a_path_of_their_own_leave_the_caption_alone(string? words, int bytes, string speech)
    {
        var texts = ClipTexts.Of(Clip(Split.Singing) with { AudioCaption = "a song", Transcript = words }, bytes);

        Assert.Equal(new ClipTexts("", "a song", speech), texts);
    }

    [Fact]
    public void Words_alone_are_a_text()
    {
        Assert.False(ClipTexts.Of(Clip(Split.Singing) with { Transcript = "la" }, 10).IsEmpty);
        Assert.True(ClipTexts.Of(Clip(Split.Singing), 10).IsEmpty);
    }

    private static ClipRecord Clip(Split split) => new()
    {
        Id = new ClipId("00"),
        SourceUri = "file:///a.mp4",
        SourceSha256 = "00",
        Span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(2)),
        Width = 64,
        Height = 64,
        FramesPerSecond = 8,
        Split = split,
        Outcome = ClipOutcome.Retained,
        PolicySha256 = "00",
        PipelineVersion = "1",
    };
}
