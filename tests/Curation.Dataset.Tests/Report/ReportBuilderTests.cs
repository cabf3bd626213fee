using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Report;
using static Curation.Dataset.Tests.Report.Rows;

namespace Curation.Dataset.Tests.Report;

[Collection(nameof(MeasuresMemory))]
public sealed class ReportBuilderTests
{
    private static readonly Policy TwoLimits = Policy(new Limit("snr_db") { Min = 15 }, new Limit("silence_ratio") { Max = 0.2 });

    /// <summary>Two clips pass, one fails both limits, two fail only the second, one is too short.</summary>
    private static IEnumerable<ClipRecord> SixClips() =>
    [
        Clip(TwoLimits, 1, Value("snr_db", 30), Value("silence_ratio", 0)),
        Clip(TwoLimits, 2, Value("snr_db", 15), Value("silence_ratio", 0.2)),
        Clip(TwoLimits, 3, Value("snr_db", 10), Value("silence_ratio", 0.5)),
        Clip(TwoLimits, 4, Value("snr_db", 20), Value("silence_ratio", 0.6)),
        Clip(TwoLimits, 5, Value("snr_db", 20), Value("silence_ratio", 0.21)),
        Clip(TwoLimits, 6, 1.5, Value("snr_db", 20), Value("silence_ratio", 0)),
    ];

    [Fact]
    public async Task Funnel_of_six_clips_counts_first_in_all_and_only()
    {
        var page = await ReportPage.Of(TwoLimits, SixClips());

        var funnel = page.Section("funnel");
        Assert.Equal("Length ≥ 2 s 5 −1 1 1", ReportPage.Cells(funnel, ">Length "));
        Assert.Equal("SNR ≥ 15 dB 4 −1 1 0", ReportPage.Cells(funnel, ">SNR "));
        Assert.Equal("Silence ≤ 0.2 2 −2 3 2", ReportPage.Cells(funnel, ">Silence "));
        Assert.Equal("Retained 2", ReportPage.Cells(funnel, ">Retained<"));
    }

    [Fact]
    public async Task Headline_of_six_clips_gives_retention_and_time()
    {
        var page = await ReportPage.Of(TwoLimits, SixClips());

        Assert.Contains("1 source gave 6 clips. 2 of them, 8 s, are retained.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Retention 33 % 2 clips retained", page.Text, StringComparison.Ordinal);
        Assert.Contains("Policy test aaaaaaaaaaaa 14 March 2025, 15:09 UTC Pipeline version 1", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"banner\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histogram_counts_each_side_of_a_limit_and_limits_include_their_ends()
    {
        var page = await ReportPage.Of(TwoLimits, SixClips());

        Assert.Contains("5 within 1 noisy sound", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 within 3 too much silence", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_of_too_little_confidence_is_shown_but_not_judged()
    {
        var policy = Policy(new Limit("sync_offset_s") { MaxAbs = 0.2, MinConfidence = 0.5, Unmeasured = UnmeasuredRule.Pass });
        var page = await ReportPage.Of(policy,
        [
            Clip(policy, 1, Value("sync_offset_s", 0.1), Value("sync_confidence", 0.9)),
            Clip(policy, 2, Value("sync_offset_s", -0.6), Value("sync_confidence", 0.9)),
            Clip(policy, 3, Value("sync_offset_s", 0.7), Value("sync_confidence", 0.31)),
            Clip(policy, 4, Value("sync_offset_s", 0.8), Value("sync_confidence", 0.12)),
        ]);

        Assert.Contains("1 within 1 sound early 0 sound late 2 not judged", page.Text, StringComparison.Ordinal);
        Assert.Contains("confidence … is below … 2", page.Text, StringComparison.Ordinal);
        Assert.Contains("within ±0.2 s where sync confidence is at least 0.5", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unmeasured_clips_are_counted_with_their_reason()
    {
        var page = await ReportPage.Of(TwoLimits,
        [
            Clip(TwoLimits, 1, Value("snr_db", 30), Value("silence_ratio", 0)),
            Clip(TwoLimits, 2, Measurement.Unmeasured("snr_db", "the clip is all silence"), Value("silence_ratio", 0)),
        ]);

        Assert.Contains("1 unmeasured the clip is all silence 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("Waits for SNR SNR: the clip is all silence.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_retained_names_the_filter_that_turns_away_the_most()
    {
        var clips = SixClips().Where(clip => clip.Outcome == ClipOutcome.Rejected);
        var page = await ReportPage.Of(TwoLimits, clips);

        Assert.Contains("Nothing was retained Look first at Silence (limit ≤ 0.2): it turns away 3 of 4 clips, and 2 of them fail nothing else.", page.Text, StringComparison.Ordinal);
        Assert.Contains("None of them is retained.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_held_names_the_slot_without_a_model()
    {
        var policy = Policy(new Limit("nsfw") { Max = 0.2 });
        var page = await ReportPage.Of(policy, [Clip(policy, 1, Measurement.Unmeasured("nsfw", "no model"))], change: context => context with { AbsentSlots = [new AbsentSlot("safety", "safety.onnx is missing")] });

        Assert.Contains("Nothing was retained: the clips are waiting", page.Text, StringComparison.Ordinal);
        Assert.Contains("because the model slot safety has no model", page.Text, StringComparison.Ordinal);
        Assert.Equal("safety Unsafe picture. 1 1 clip is held. safety.onnx is missing", ReportPage.Cells(page.Section("missing"), "<code>safety"));
        Assert.Contains("./curate run --input SRC --output DST --models DIR", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_rows_at_all_say_so()
    {
        var page = await ReportPage.Of(TwoLimits, []);

        Assert.Contains("There was nothing to curate", page.Text, StringComparison.Ordinal);
        Assert.Contains("None: every source could be processed.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantine_groups_sources_by_stage_and_reason()
    {
        var page = await ReportPage.Of(TwoLimits, SixClips(), FakeRows.Quarantined);

        Assert.Equal("probe moov atom not found: the file is cut off 2 IMG_0042.MOV holiday part 2.mp4", ReportPage.Cells(page.Section("quarantine"), "<code>probe"));
        Assert.Contains("Quarantined 4 sources not processed", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_facts_give_media_seconds_per_wall_second()
    {
        var run = new ReportRunFacts { Sources = 3, MediaSeconds = 600, WallSeconds = 40, AnalysisSeconds = 75, DecodePasses = 2 };
        var page = await ReportPage.Of(TwoLimits, SixClips(), change: context => context with { Run = run });

        Assert.Contains("Speed 15 × media seconds per wall second", page.Text, StringComparison.Ordinal);
        Assert.Contains("Wall time 40 s", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 sources (10.0 min of media) gave 6 clips.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_in_another_order_give_the_same_page()
    {
        var rows = FakeRows.Clips(600).ToList();
        var shuffled = rows.ToArray();
        new Random(7).Shuffle(shuffled);

        var page = await ReportPage.Of(FakeRows.Klear, rows, FakeRows.Quarantined);
        var other = await ReportPage.Of(FakeRows.Klear, shuffled, FakeRows.Quarantined.Reverse());

        Assert.Equal(page.Html, other.Html);
    }

    [Fact]
    public void Builder_of_many_clips_stays_small()
    {
        const int Rounds = 60;
        var rows = FakeRows.Clips(1000).ToList();
        var builder = new ReportBuilder(FakeRows.Klear);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 0; round < Rounds; round++)
        {
            // Every round brings other clips of other sources.
            foreach (var clip in rows) builder.Add(clip with { Id = ClipId.From(clip.Id.Value, clip.Span, $"{round}"), SourceUri = $"{clip.SourceUri}?{round}" });
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(builder);

        // What others let go of meanwhile may outweigh the builder.
        Assert.InRange(grown, long.MinValue, 8L << 20);
    }
}
