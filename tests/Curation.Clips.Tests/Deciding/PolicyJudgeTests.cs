using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Clips.Tests.Deciding;

public sealed class PolicyJudgeTests
{
    private static readonly ClipSpan FiveSeconds = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));

    [Fact]
    public void Value_within_all_limits_is_retained()
    {
        var judgement = Judge(Policy(new Limit("snr_db") { Min = 15 }), Snr(15));

        Assert.Equal(ClipOutcome.Retained, judgement.Outcome);
        Assert.Null(judgement.RejectedBy);
        Assert.All(judgement.Verdicts, verdict => Assert.Equal(VerdictOutcome.Pass, verdict.Outcome));
    }

    [Fact]
    public void Value_outside_is_rejected_with_filter_value_and_limit()
    {
        var judgement = Judge(Policy(new Limit("snr_db") { Min = 15 }), Snr(14.5));

        Assert.Equal(ClipOutcome.Rejected, judgement.Outcome);
        Assert.Equal("snr_db", judgement.RejectedBy);
        Assert.Equal("noisy sound: snr_db is 14.5 dB, limit >= 15", judgement.Reason);
    }

    [Fact]
    public void First_limit_in_the_policys_order_names_the_rejection()
    {
        var judgement = Judge(
            Policy(new Limit("silence_ratio") { Max = 0.2 }, new Limit("snr_db") { Min = 15 }), Snr(3), Measured("silence_ratio", 0.9));

        Assert.Equal("silence_ratio", judgement.RejectedBy);
        Assert.Equal(2, judgement.Verdicts.Count(verdict => verdict.Outcome == VerdictOutcome.Reject));
    }

    // A model that is not asked because the clip is out already named the rejection in place of what put the clip out.
    [Fact]
    public void Measured_fault_names_the_rejection_before_one_that_lacks_its_measurement()
    {
        var policy = Policy(new Limit("mos") { Min = 3 }, new Limit("snr_db") { Min = 15 }, new Limit("silence_ratio") { Max = 0.2 }) with { Unmeasured = UnmeasuredRule.Reject };

        var judgement = Judge(policy, Measurement.Unmeasured("mos", "the clip was rejected before the model was asked"), Snr(3), Measured("silence_ratio", 0.9));

        Assert.Equal("snr_db", judgement.RejectedBy);
        Assert.StartsWith("noisy sound", judgement.Reason, StringComparison.Ordinal);
        Assert.Equal("mos", Judge(policy, Measurement.Unmeasured("mos", "absent"), Snr(20), Measured("silence_ratio", 0)).RejectedBy);
    }

    [Theory]
    [InlineData(UnmeasuredRule.Hold, ClipOutcome.Held, VerdictOutcome.Hold)]
    [InlineData(UnmeasuredRule.Pass, ClipOutcome.Retained, VerdictOutcome.Unmeasured)]
    [InlineData(UnmeasuredRule.Reject, ClipOutcome.Rejected, VerdictOutcome.Reject)]
    public void Unmeasured_value_follows_the_policys_rule(UnmeasuredRule rule, ClipOutcome outcome, VerdictOutcome verdict)
    {
        var policy = Policy(new Limit("mos") { Min = 3 }) with { Unmeasured = rule };

        var judgement = Judge(policy, Measurement.Unmeasured("mos", "model slot 'mos' is absent"));

        Assert.Equal(outcome, judgement.Outcome);
        Assert.Equal(verdict, judgement.Verdicts[^1].Outcome);
        Assert.Null(judgement.Verdicts[^1].Value);
    }

    [Fact]
    public void Limits_own_rule_outweighs_the_policys()
    {
        var policy = Policy(new Limit("av_similarity") { Min = 0.2, Unmeasured = UnmeasuredRule.Pass });

        Assert.Equal(ClipOutcome.Retained, Judge(policy, Measurement.Unmeasured("av_similarity", "absent")).Outcome);
    }

    [Fact]
    public void Rejection_outweighs_a_hold()
    {
        var policy = Policy(new Limit("mos") { Min = 3 }, new Limit("snr_db") { Min = 15 });

        Assert.Equal(ClipOutcome.Rejected, Judge(policy, Snr(1)).Outcome);
    }

    [Fact]
    public void Limit_for_other_splits_does_not_apply()
    {
        var policy = Policy(new Limit("mos") { Min = 3, For = [Split.SingleSpeech] });

        var judgement = PolicyJudge.Judge(policy, FiveSeconds, Split.Sound, []);

        Assert.Equal(ClipOutcome.Retained, judgement.Outcome);
        Assert.Equal(VerdictOutcome.NotApplicable, judgement.Verdicts[^1].Outcome);
    }

    [Fact]
    public void Not_applicable_measurement_neither_rejects_nor_holds()
    {
        var judgement = Judge(Policy(new Limit("mos") { Min = 3 }), Measurement.NotApplicable("mos", "no voice"));

        Assert.Equal(ClipOutcome.Retained, judgement.Outcome);
    }

    [Theory]
    [InlineData(0.49, ClipOutcome.Held)]
    [InlineData(0.5, ClipOutcome.Rejected)]
    public void Offset_below_the_needed_confidence_counts_as_unmeasured(double confidence, ClipOutcome outcome)
    {
        var policy = Policy(new Limit("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5 });

        Assert.Equal(outcome, Judge(policy, Measured("sync_offset_s", -0.8), Measured("sync_confidence", confidence)).Outcome);
    }

    [Theory]
    [InlineData(-0.21, "sound early")]
    [InlineData(0.21, "sound late")]
    public void Offset_beyond_the_limit_says_on_which_side(double offset, string words)
    {
        var policy = Policy(new Limit("sync_offset_s") { MaxAbs = 0.2 });

        Assert.StartsWith(words, Judge(policy, Measured("sync_offset_s", offset)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Clip_shorter_than_the_minimum_is_too_short()
    {
        var judgement = PolicyJudge.Judge(Policy(), new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(1.999)), Split.Sound, []);

        Assert.Equal(PolicyJudge.TooShort, judgement.RejectedBy);
    }

    private static Judgement Judge(Policy policy, params Measurement[] measurements) =>
        PolicyJudge.Judge(policy, FiveSeconds, Split.SingleSpeech, measurements);

    private static Policy Policy(params Limit[] limits) => new("test") { Limits = limits, Sha256 = "0" };

    private static Measurement Snr(double value) => Measured("snr_db", value);

    private static Measurement Measured(string name, double value) => Measurement.Measured(name, value, "test", "1");
}
