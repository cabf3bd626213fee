using Curation.Clips.Deciding;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Tests.Planning;

public sealed class PlanWarningsTests
{
    private static readonly Policy Policy = new("strict") { Sha256 = "" };

    [Fact]
    public void Ordinary_sample_warns_of_missing_splits_alone()
    {
        var warning = Assert.Single(Warn(MadePlans.Design(40, 20), [.. Enumerable.Range(0, 20).Select(place => MadePlans.Source(place, 3, 1 + (place % 2)))]));

        // Twenty of 40 miss four sources with C(36,20)/C(40,20) = 5.3 %, and five with 2.4 %.
        Assert.Equal("zero_yield_split", warning.Kind);
        Assert.Contains("single_speech or multi_speech or singing", warning.Text, StringComparison.Ordinal);
        Assert.Contains("Up to 10 % of the sources", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_retained_comes_first_and_says_what_may_have_been_missed()
    {
        var warnings = Warn(MadePlans.Design(1_000_000, 20), [.. Enumerable.Range(0, 20).Select(place => MadePlans.Source(place, 3, 0))]);

        Assert.Equal(["zero_yield", "filter"], warnings.Select(warning => warning.Kind));
        Assert.Contains("None of 60 clips was retained", warnings[0].Text, StringComparison.Ordinal);

        // 1 - 0.05^(1/20), for which the rule of three says 15 %.
        Assert.Contains("Up to 13.9 % of the sources", warnings[0].Text, StringComparison.Ordinal);
        Assert.Contains("silence_ratio alone rejects 60 of 60 clips", warnings[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_that_all_wait_for_models_are_told_so()
    {
        var warning = Warn(MadePlans.Design(100, 20), [.. Enumerable.Range(0, 20).Select(place => MadePlans.Source(place, 2, 2) with { Retained = new Dictionary<string, int>(), Held = 2 })])[0];

        Assert.Contains("All 40 clips are held: policy 'strict'", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Census_has_missed_nothing() =>
        Assert.Contains("Every source was looked at.", Warn(MadePlans.Design(2, 2), [MadePlans.Source(0, 1, 0), MadePlans.Source(1, 1, 0)])[0].Text, StringComparison.Ordinal);

    [Fact]
    public void Unreadable_strata_and_sources_duplicates_and_small_samples_are_told()
    {
        var failure = new SourceFailure("probe", "broken", false);
        var design = MadePlans.Design(100, 2) with { Strata = [MadePlans.Stratum("a", 100, 2), MadePlans.Stratum("old\u001btapes", 50, 1)], Unreadable = 3 };
        SampledSource[] sources = [MadePlans.Source(0, 2, 1), MadePlans.Source(1, 0, 0) with { IsDuplicate = true }, MadePlans.Source(2, 0, 0) with { Stratum = 1, Failure = failure }];

        var warnings = Warn(design, sources);

        Assert.Equal(["zero_yield_split", "stratum_unreadable", "unreadable", "quarantined", "duplicates", "small_sample", "no_sizes"], warnings.Select(warning => warning.Kind));
        Assert.Contains("'old\uFFFDtapes'", warnings[1].Text, StringComparison.Ordinal);
        Assert.Contains("3 of 153 listed", warnings[2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Moved_measurements_and_yield_are_told_from_and_to()
    {
        var drift = new DriftReport("my-dataset", "0123456789", [new("snr_db", "dB", 20, 11.5, 0.7, -0.6, 1e-6, true), new("motion_ratio", "ratio", 0.2, 0.2, 0.1, 0, 0.9, false)], 0.9, []);

        var warnings = Warn(MadePlans.Design(400, 20), [.. Enumerable.Range(0, 20).Select(place => MadePlans.Source(place, 3, 1 + (place % 2)))], drift).Where(warning => warning.Kind.StartsWith("drift", StringComparison.Ordinal)).ToList();

        Assert.Equal(["drift", "drift_retained"], warnings.Select(warning => warning.Kind));
        Assert.Equal("snr_db has moved: median 20 in snapshot 01234567, 11.5 dB here (a large move down).", warnings[0].Text);
        Assert.Contains("retained 90 %", warnings[1].Text, StringComparison.Ordinal);
        Assert.Contains("here 50 % are expected", warnings[1].Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PlanWarning> Warn(SampleDesign design, IReadOnlyList<SampledSource> sources, DriftReport? drift = null)
    {
        design = design with { HasSizes = design.Strata.Count == 1 };
        return PlanWarnings.Of(Policy, design, sources, PlanForecaster.Forecast(design with { HasSizes = false }, sources, new PlanCosts(1, 1, false, null)), drift);
    }
}
