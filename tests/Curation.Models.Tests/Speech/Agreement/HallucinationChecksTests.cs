using Curation.Models.Speech;
using Curation.Models.Speech.Agreement;
using Curation.Models.Voice;

namespace Curation.Models.Tests.Speech.Agreement;

public sealed class HallucinationChecksTests
{
    [Fact]
    public void Plain_speech_shows_nothing()
    {
        Assert.Empty(Check(Spoken.Words("m", "and so my fellow americans ask not what your country can do for you ask what you can do for your country"), [new SpeechSegment(0, 11)], 11));
    }

    [Fact]
    public void A_phrase_again_and_again_is_named_with_its_place()
    {
        var sign = Only(HallucinationCheck.RepeatedWords, Check(Spoken.Words("m", "well thank you thank you thank you thank you bye")));

        Assert.Contains("\"thank you\" stands 4 times", sign.Reason, StringComparison.Ordinal);
        Assert.Equal((0.5, 4.5), (sign.Start, sign.End));
    }

    [Theory]
    [InlineData("no no no no no stop that now")] // 5 of the same word are speech
    [InlineData("row row row your boat")]
    [InlineData("we will we will rock you")]
    public void A_short_repetition_is_speech(string text)
    {
        Assert.DoesNotContain(Check(Spoken.Words("m", text)), sign => sign.Check == HallucinationCheck.RepeatedWords);
    }

    [Fact]
    public void Repeated_characters_count_as_words_in_Chinese()
    {
        Assert.Contains(Check(Spoken.Words("m", "谢谢大家谢谢大家谢谢大家谢谢大家", step: 6)), sign => sign.Check == HallucinationCheck.RepeatedWords);
    }

    [Fact]
    public void Text_that_compresses_well_is_suspicious()
    {
        Only(HallucinationCheck.CompressionRatio, Check(Spoken.Text("m", string.Concat(Enumerable.Range(0, 12).Select(i => $" subtitles by the community number {i}")), 30)));
    }

    [Fact]
    public void A_ratio_that_the_model_measured_itself_counts()
    {
        var transcript = new Transcript("m", "en", null, [new TranscriptSegment("a short text", 0, 5) { CompressionRatio = 2.6 }]);

        Assert.Contains("2.60", Only(HallucinationCheck.CompressionRatio, Check(transcript)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.0, false)] // 36 letters in 2 s are 18 a second
    [InlineData(1.0, true)] // 36 a second
    public void More_than_can_be_said_is_suspicious(double seconds, bool suspicious)
    {
        var signs = Check(Spoken.Text("m", "abcdef ghijkl mnopqr stuvwx yzabcd efghij", seconds), null, seconds);

        Assert.Equal(suspicious, signs.Any(sign => sign.Check == HallucinationCheck.CharactersPerSecond));
    }

    [Fact]
    public void The_rate_is_that_of_the_time_with_speech()
    {
        var sign = Only(HallucinationCheck.CharactersPerSecond, Check(Spoken.Text("m", "abcdef ghijkl mnopqr stuvwx yzabcd efghij", 10), [new SpeechSegment(2, 3)], 10).Where(sign => sign.Check != HallucinationCheck.WordsInSilence));

        Assert.Contains("36 characters in 1.0 s of speech are 36.0 a second", sign.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_where_nobody_speaks_are_suspicious()
    {
        var sign = Only(HallucinationCheck.WordsInSilence, Check(Spoken.Words("m", "one two three four five six seven eight"), [new SpeechSegment(0, 2)], 10));

        // "one" to "four" lie in speech, "five" touches it, "six" to "eight" begin 0.5 s and more behind it.
        Assert.Contains("3 of 8 words", sign.Reason, StringComparison.Ordinal);
        Assert.Equal((2.5, 4), (sign.Start, sign.End));
    }

    [Fact]
    public void One_word_where_there_is_no_speech_at_all_is_enough()
    {
        Only(HallucinationCheck.WordsInSilence, Check(Spoken.Words("m", "you"), [], 10));
    }

    [Fact]
    public void Without_voice_activity_no_word_is_in_silence()
    {
        Assert.Empty(Check(Spoken.Words("m", "one two three"), null, 10));
    }

    [Fact]
    public void A_model_that_doubts_its_own_words_is_believed()
    {
        var doubtful = new Transcript("m", "en", null, [new TranscriptSegment("thanks for watching", 0, 5) { NoSpeechProbability = 0.8, AverageLogProbability = -1.2 }]);
        var sure = new Transcript("m", "en", null, [new TranscriptSegment("thanks for watching", 0, 5) { NoSpeechProbability = 0.8, AverageLogProbability = -0.2 }]);

        Only(HallucinationCheck.NoSpeech, Check(doubtful));
        Assert.Empty(Check(sure));
    }

    private static HallucinationSign Only(HallucinationCheck check, IEnumerable<HallucinationSign> signs)
    {
        var sign = Assert.Single(signs);
        Assert.Equal(check, sign.Check);
        return sign;
    }

    private static IReadOnlyList<HallucinationSign> Check(Transcript transcript, IReadOnlyList<SpeechSegment>? speech = null, double seconds = 30) => new HallucinationChecks().Check(transcript, speech, seconds);
}
