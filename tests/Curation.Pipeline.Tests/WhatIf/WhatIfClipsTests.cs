using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Tests.Calibration;
using Curation.Pipeline.WhatIf;

namespace Curation.Pipeline.Tests.WhatIf;

public sealed class WhatIfClipsTests
{
    private const int Drafts = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Counts_of_random_policies_over_random_clips_are_those_of_the_judge(int seed)
    {
        var (made, policy) = Drawn(seed);
        using var dataset = await MadeDataset.OfAsync(made, policy, Cancel);
        var clips = await WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy, Cancel);

        for (var other = 0; other < Drafts; other++)
        {
            var draft = Drawn((100 * seed) + other).Policy;

            var result = await clips.CompareAsync(policy, draft, 5, Cancel);

            Same(made, policy, result.Now);
            Same(made, draft, result.Then);
            var before = Judge(made, policy);
            var after = Judge(made, draft);
            var gained = Rows(made).Where(row => before[row].Outcome != ClipOutcome.Retained && after[row].Outcome == ClipOutcome.Retained).ToList();
            var lost = Rows(made).Where(row => before[row].Outcome == ClipOutcome.Retained && after[row].Outcome != ClipOutcome.Retained).ToList();
            Assert.Equal((gained.Count, lost.Count), (result.Gained.Clips, result.Lost.Clips));
            Assert.Equal(gained.Sum(row => made.Seconds[row]), result.Gained.Seconds, 6);
            Assert.Equal((Math.Min(5, gained.Count), Math.Min(5, lost.Count)), (result.GainedExamples.Count, result.LostExamples.Count));
            Assert.All(result.GainedExamples, example => Assert.Contains(Row(example), gained));
            Assert.All(result.LostExamples, example => Assert.Contains(Row(example), lost));
            Assert.All(result.GainedExamples.Concat(result.LostExamples), example => Assert.Equal((before[Row(example)].Outcome, after[Row(example)].Outcome), (example.From, example.To)));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Part_of_each_limit_is_that_of_the_judge(int seed)
    {
        var (made, policy) = Drawn(seed);
        using var dataset = await MadeDataset.OfAsync(made, policy, Cancel);
        var clips = await WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy, Cancel);

        var result = await clips.CompareAsync(policy, policy, 0, Cancel);

        var judged = Judge(made, policy);
        foreach (var part in result.LimitsThen)
        {
            var name = part.Limit.Name;
            Assert.Equal(judged.Count(clip => Rejecting(clip).Contains(name)), part.Rejects);
            Assert.Equal(judged.Count(clip => Rejecting(clip).SequenceEqual([name])), part.OnlyRejects);
            var without = Judge(made, policy with { Limits = [.. policy.Limits.Where(limit => limit.Name != name)] });
            Assert.Equal(without.Count(clip => clip.Outcome == ClipOutcome.Retained) - result.Now.Retained.Clips, part.RetainedWithout);
        }
    }

    [Fact]
    public async Task Histogram_counts_every_clip_once()
    {
        var (made, policy) = Drawn(21);
        using var dataset = await MadeDataset.OfAsync(made, policy, Cancel);
        var clips = await WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy, Cancel);

        // Aesthetics may not be among the policy's limits: its column is read when it is asked for.
        foreach (var name in (string[])["snr_db", "aesthetic", "sync_offset_s", "watermark"])
        {
            var histogram = await clips.HistogramAsync(name, Cancel);

            Assert.Equal(histogram.Measured, histogram.Counts.Sum());
            Assert.Equal(made.Seconds.Length, histogram.Measured + histogram.Unmeasured + histogram.NotApplicable);
            Assert.Equal(made.Table.Column(name).Values.Count(value => !double.IsNaN(value)), histogram.Measured);
        }
    }

    [Fact]
    public async Task Examples_are_those_nearest_to_the_limit()
    {
        var made = new MadeClips(9).With("snr_db", 1, 9, 4, 2, 8, 3, 7, 5, 6);
        var policy = WhatIfDraft.Checked(new Policy("p") { Sha256 = "", Limits = [new Limit("snr_db") { Min = 7.5 }] });
        using var dataset = await MadeDataset.OfAsync(made, policy, Cancel);
        var clips = await WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy, Cancel);

        var result = await clips.CompareAsync(policy, WhatIfDraft.Apply(policy, ["snr_db:min=2.5"], []), 2, Cancel);

        Assert.Equal([3.0, 4.0], result.GainedExamples.Select(example => example.Value!.Value));
        Assert.Equal(5, result.Gained.Clips);
        Assert.Empty(result.LostExamples);
    }

    private static (MadeClips Made, Policy Policy) Drawn(int seed)
    {
        var (made, policy) = MadeClips.Draw(seed);
        return (made, policy with { Sha256 = CanonicalPolicy.Sha256(policy) });
    }

    private static void Same(MadeClips made, Policy policy, WhatIfYield yield)
    {
        var judged = Judge(made, policy);
        foreach (var outcome in Enum.GetValues<ClipOutcome>())
        {
            var rows = Rows(made).Where(row => judged[row].Outcome == outcome).ToList();
            Assert.Equal(rows.Count, yield.Of(outcome).Clips);
            Assert.Equal(rows.Sum(row => made.Seconds[row]), yield.Of(outcome).Seconds, 6);
        }

        // What nobody could call a voice is kept as sound.
        var retained = Rows(made).Where(row => judged[row].Outcome == ClipOutcome.Retained).ToList();
        foreach (var (name, count) in yield.BySplit) Assert.Equal(retained.Count(row => (made.Splits[row] ?? Split.Sound) == SplitNames.Find(name)), count.Clips);
        Assert.Equal(
            judged.Where(clip => clip.RejectedBy is not null).GroupBy(clip => clip.RejectedBy!).ToDictionary(group => group.Key, group => group.Count()),
            yield.ByFilter);
    }

    private static List<Judgement> Judge(MadeClips made, Policy policy) => [.. Rows(made).Select(row => made.Judge(policy, row))];

    private static IEnumerable<int> Rows(MadeClips made) => Enumerable.Range(0, made.Seconds.Length);

    private static IEnumerable<string> Rejecting(Judgement judgement) => judgement.Verdicts.Where(verdict => verdict.Outcome == VerdictOutcome.Reject).Select(verdict => verdict.Filter);

    private static int Row(WhatIfExample example) => Convert.ToInt32(example.Id[^8..], 16);
}
