using Curation.Models.Speech;
using Curation.Models.Speech.Agreement;

namespace Curation.Models.Tests.Speech.Agreement;

public sealed class TranscriptAgreementTests
{
    [Fact]
    public void Models_that_hear_the_same_agree_whatever_their_case_and_punctuation()
    {
        var agreed = Agree(Spoken.Words("a", "Hello, World."), Spoken.Words("b", "hello world"));

        Assert.Equal("Hello, World.", agreed.Text);
        Assert.Equal(1, agreed.Confidence);
        Assert.Equal(ConfidenceBasis.Agreement, agreed.Basis);
        Assert.Equal("en", agreed.Language);
        Assert.Empty(agreed.Disagreements);
        Assert.All(agreed.Words, word => Assert.Equal(1, word.Confidence));
    }

    [Fact]
    public void One_word_of_four_heard_otherwise_costs_a_quarter()
    {
        var agreed = Agree(Spoken.Words("a", "the cat sat down"), Spoken.Words("b", "the hat sat down"));

        Assert.Equal(0.75, agreed.Confidence);
        Assert.Equal("the cat sat down", agreed.Text);
        Assert.Equal([1, 0.5, 1, 1], agreed.Words.Select(word => word.Confidence));
        var disagreement = Assert.Single(agreed.Disagreements);
        Assert.Equal((0.5, 1), (disagreement.Start, disagreement.End));
        Assert.Equal("cat", disagreement.Heard["a"]);
        Assert.Equal("hat", disagreement.Heard["b"]);
    }

    [Fact]
    public void Two_of_three_outvote_the_most_trusted()
    {
        var agreed = Agree(Spoken.Words("a", "the hat sat down"), Spoken.Words("b", "the cat sat down"), Spoken.Words("c", "the cat sat down"));

        Assert.Equal("the cat sat down", agreed.Text);
        Assert.Equal(2.0 / 3, agreed.Words[1].Confidence!.Value, 1e-9);
        Assert.Equal(["b", "c"], agreed.Words[1].Models);

        // Pairs: 3/4, 3/4 and 1.
        Assert.Equal(2.5 / 3, agreed.Confidence!.Value, 1e-9);
    }

    [Fact]
    public void A_word_that_one_of_three_hears_is_left_out()
    {
        var agreed = Agree(Spoken.Words("a", "the big cat sat"), Spoken.Words("b", "the cat sat"), Spoken.Words("c", "the cat sat"));

        Assert.Equal("the cat sat", agreed.Text);
        Assert.Equal("big", Assert.Single(agreed.Disagreements).Heard["a"]);
        Assert.Equal("", agreed.Disagreements[0].Heard["b"]);
    }

    [Fact]
    public void A_word_that_one_of_two_hears_stays_with_half_the_confidence()
    {
        var agreed = Agree(Spoken.Words("a", "the cat sat"), Spoken.Words("b", "the big cat sat"));

        Assert.Equal("the big cat sat", agreed.Text);
        Assert.Equal(0.5, agreed.Words[1].Confidence);
    }

    [Fact]
    public void Three_different_words_leave_it_to_the_most_trusted()
    {
        Assert.Equal("cat", Agree(Spoken.Words("a", "cat"), Spoken.Words("b", "hat"), Spoken.Words("c", "mat")).Text);
    }

    [Fact]
    public void Chinese_is_compared_by_character()
    {
        var agreed = Agree(Spoken.Text("a", "今天天气好", 5, "zh"), Spoken.Words("b", "今天天氣好", language: "zh"));

        Assert.Equal(0.8, agreed.Confidence!.Value, 1e-9);
        Assert.Equal(5, agreed.Words.Count);
        Assert.Equal("今天天气好", agreed.Text);
    }

    [Fact]
    public void Times_come_from_the_model_that_aligned_them()
    {
        var agreed = Agree(Spoken.Text("a", "hello world", 10), Spoken.Words("b", "hello world", start: 3));

        Assert.Equal([(3, 3.5), (3.5, 4)], agreed.Words.Select(word => (word.Start, word.End)));
    }

    [Fact]
    public void Words_and_silence_do_not_agree_at_all()
    {
        var agreed = Agree(Spoken.Words("a", "thank you"), Spoken.Words("b", "", language: null));

        Assert.Equal(0, agreed.Confidence);
        Assert.Equal("thank you", agreed.Text);
    }

    [Fact]
    public void Silence_is_agreed_on()
    {
        var agreed = Agree(Spoken.Words("a", "", language: null), Spoken.Words("b", "", language: null));

        Assert.Equal(1, agreed.Confidence);
        Assert.Equal("", agreed.Text);
        Assert.Null(agreed.Language);
    }

    [Fact]
    public void One_model_is_judged_by_its_own_probabilities_and_it_is_said()
    {
        var agreed = Agree(Spoken.Words("whisper", "hello world", probability: 0.64));

        Assert.Equal(0.64, agreed.Confidence!.Value, 1e-9);
        Assert.Equal(ConfidenceBasis.OwnProbability, agreed.Basis);
        Assert.Contains("only whisper", agreed.BasisReason, StringComparison.Ordinal);
        Assert.All(agreed.Words, word => Assert.Equal(0.64, word.Confidence));
    }

    [Fact]
    public void One_model_without_probabilities_has_no_confidence()
    {
        var agreed = Agree(Spoken.Text("endpoint", "hello world", 2));

        Assert.Null(agreed.Confidence);
        Assert.Equal(ConfidenceBasis.None, agreed.Basis);
        Assert.All(agreed.Words, word => Assert.Null(word.Confidence));
    }

    [Fact]
    public void Token_probabilities_of_segments_weigh_by_their_text()
    {
        var transcript = new Transcript("m", "en", null, [new TranscriptSegment("abc", 0, 1) { AverageLogProbability = -1 }, new TranscriptSegment("d", 1, 2) { AverageLogProbability = -0.2 }]);

        Assert.Equal(Math.Exp(-0.8), Agree(transcript).Confidence!.Value, 1e-9);
    }

    [Fact]
    public void A_model_that_loops_has_no_vote_but_lowers_the_confidence()
    {
        var loop = string.Join(' ', Enumerable.Repeat("thank you so much", 8));
        var agreed = Agree(Spoken.Words("a", loop), Spoken.Words("b", "thank you"));

        Assert.Equal("thank you", agreed.Text);
        Assert.Equal([false, true], agreed.Sources.Select(source => source.Voted));
        Assert.Contains(agreed.Hallucinations, sign => sign is { Model: "a", Check: HallucinationCheck.RepeatedWords });
        Assert.True(agreed.Confidence < 0.1);
    }

    [Fact]
    public void Two_transcripts_of_one_model_are_told_apart()
    {
        var agreed = Agree(Spoken.Words("whisper", "cat"), Spoken.Words("whisper", "hat"));

        Assert.Equal(["whisper", "whisper#2"], agreed.Sources.Select(source => source.Model));
    }

    [Fact]
    public void The_language_is_that_of_most_models()
    {
        Assert.Equal("ja", Agree(Spoken.Words("a", "cat", language: "zh"), Spoken.Words("b", "cat", language: "ja"), Spoken.Words("c", "cat", language: "ja")).Language);
    }

    [Fact]
    public void No_transcript_is_a_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => Agree());
    }

    private static AgreedTranscript Agree(params Transcript[] transcripts) => new TranscriptAgreement().Agree(transcripts, null, 30);
}
