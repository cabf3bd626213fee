using Curation.Models.Speech.Whisper;

namespace Curation.Models.Tests.Speech.Whisper;

public sealed class TimestampRulesTests
{
    private static readonly WhisperSpecialTokens Special = WhisperSpecialTokens.For(51865);

    [Fact]
    public void Text_must_begin_with_a_timestamp_within_the_first_second()
    {
        var allowed = Allowed([], latestFirst: 50);

        Assert.Equal(Enumerable.Range(Special.TimestampBegin, 51), allowed);
    }

    [Fact]
    public void Text_must_follow_the_opening_timestamp()
    {
        Assert.All(Allowed([Timestamp(10)]), token => Assert.True(token < Special.TimestampBegin));
    }

    [Fact]
    public void Timestamp_after_text_must_be_later_than_the_one_before_it()
    {
        var allowed = Allowed([Timestamp(10), 100]).Where(token => token >= Special.TimestampBegin);

        Assert.Equal(Timestamp(11), allowed.Min());
    }

    [Fact]
    public void Closing_timestamp_is_followed_by_an_equal_or_later_one_or_the_end()
    {
        var allowed = Allowed([Timestamp(10), 100, Timestamp(20)]);

        Assert.DoesNotContain(allowed, token => token < Special.EndOfText);
        Assert.Contains(Special.EndOfText, allowed);
        Assert.Equal(Timestamp(20), allowed.First(token => token >= Special.TimestampBegin));
    }

    [Fact]
    public void Timestamps_that_are_together_likelier_than_any_text_win()
    {
        // 1501 timestamps of logit 0 weigh ln 1501 = 7.31 together.
        Assert.DoesNotContain(100, Allowed([Timestamp(10), 100], logit: 7.2f));
        Assert.Contains(100, Allowed([Timestamp(10), 100], logit: 7.4f));
    }

    [Fact]
    public void No_timestamps_token_is_never_sampled()
    {
        Assert.DoesNotContain(Special.NoTimestamps, Allowed([Timestamp(10)]));
    }

    private static int Timestamp(int step) => Special.TimestampBegin + step;

    /// <summary>Tokens left over where every text token has the given logit and every timestamp 0.</summary>
    private static List<int> Allowed(int[] sampled, int? latestFirst = null, float logit = 20)
    {
        var logits = new float[Special.VocabularySize];
        logits.AsSpan(0, Special.TimestampBegin).Fill(logit);
        new TimestampRules(Special, latestFirst).Apply(logits, sampled);
        return [.. Enumerable.Range(0, logits.Length).Where(token => !float.IsNegativeInfinity(logits[token]))];
    }
}
