using Curation.Clips.Deciding;

namespace Curation.Clips.Tests.Deciding;

public sealed class LimitChangeTests
{
    [Theory]
    [InlineData("snr_db", 12.5, ">= 15", "snr_db: { min: 12.5 }")]
    [InlineData("watermark", 0.25, "<= 0.01", "watermark: { max: 0.25 }")]
    [InlineData("sync_offset_s", -0.5, "|x| <= 0.2", "sync_offset_s: { max_abs: 0.5 }")]
    [InlineData("loudness_lufs", -60.0, "-50..-3", "loudness_lufs: { min: -60 }")]
    [InlineData("loudness_lufs", -1.0, "-50..-3", "loudness_lufs: { max: -1 }")]
    [InlineData("too_short", 1.5, ">= 2", "clip: { min_seconds: 1.5 }")]
    public void Broken_limit_names_the_bound_that_would_pass(string filter, double value, string limit, string expected) =>
        Assert.Equal(expected, LimitChange.Of(new Verdict(filter, VerdictOutcome.Reject, value, limit, "broken"))!.ToString());

    [Theory]
    [InlineData(VerdictOutcome.Hold, "no model")]
    [InlineData(VerdictOutcome.Reject, PolicyJudge.NoMeasurement + "no model")]
    public void Missing_value_passes_when_the_policy_says_so(VerdictOutcome outcome, string reason) =>
        Assert.Equal("mos: { unmeasured: pass }", LimitChange.Of(new Verdict("mos", outcome, null, ">= 3", reason))!.ToString());

    [Theory]
    [InlineData(VerdictOutcome.Pass)]
    [InlineData(VerdictOutcome.NotApplicable)]
    [InlineData(VerdictOutcome.Unmeasured)]
    public void Passed_limit_needs_no_change(VerdictOutcome outcome) => Assert.Null(LimitChange.Of(new Verdict("mos", outcome, 4, ">= 3", null)));
}
