using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Dataset.Tests.Rejudging;

namespace Curation.Dataset.Tests.Deduplicating;

public sealed class DuplicateWriterTests
{
    private static readonly Policy KeepAll = new("keep-all")
    {
        Sha256 = SampleOutcomes.Sha256("keep-all"),
        ClipMin = TimeSpan.Zero,
        Unmeasured = UnmeasuredRule.Pass,
        Limits = [new Limit(DuplicateMeasurement.Name) { Max = 0, Unmeasured = UnmeasuredRule.Pass }],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_is_rejected_with_the_best_ones_name_and_the_others_have_rank_0()
    {
        using var dataset = new SampleDataset();
        var (old, clips) = await RetainedAsync(dataset, 4);

        var result = await WriteAsync(dataset, old, new() { [clips[2].Id] = new DuplicateFinding(1, clips[0].Id.Value, "same", null) });

        Assert.Equal((true, old.Id), (result.Changed, result.Manifest.Parent));
        var copy = Assert.Single(await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Rejected));
        Assert.Equal((clips[2].Id, "duplicate_rank", null), (copy.Id, copy.RejectedBy, copy.MediaPath));
        Assert.Equal($"copy of a better clip: duplicate_rank is 1 count, limit <= 0 (same as {clips[0].Id})", copy.Reason);
        Assert.Equal((clips[0].Id.Value, "same"), (copy.DuplicateOf, copy.DuplicateKind));
        Assert.Equal(new Verdict("duplicate_rank", VerdictOutcome.Reject, 1, "<= 0", copy.Reason), copy.Verdicts.Single(verdict => verdict.Filter == "duplicate_rank"));
        var others = await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Retained);
        Assert.Equal(3, others.Count);
        Assert.All(others, clip => Assert.Equal(0, clip.Measurements.Single(measurement => measurement.Name == "duplicate_rank").Value));
        Assert.Equal((3, 1, 1), (result.Manifest.Funnel.Retained, result.Manifest.Funnel.Rejected, result.Manifest.Funnel.ByFilter["duplicate_rank"]));
    }

    [Fact]
    public async Task Clip_that_shares_one_half_stays_and_says_with_whom()
    {
        using var dataset = new SampleDataset();
        var (old, clips) = await RetainedAsync(dataset, 2);

        var result = await WriteAsync(dataset, old, new() { [clips[1].Id] = new DuplicateFinding(0, clips[0].Id.Value, "same_sound", null) });

        var now = (await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Retained)).Single(clip => clip.Id == clips[1].Id);
        Assert.Equal((clips[0].Id.Value, "same_sound", clips[1].MediaPath), (now.DuplicateOf, now.DuplicateKind, now.MediaPath));
    }

    [Fact]
    public async Task Clip_that_was_not_compared_says_why_and_stays()
    {
        using var dataset = new SampleDataset();
        var (old, clips) = await RetainedAsync(dataset, 1);

        var result = await WriteAsync(dataset, old, new() { [clips[0].Id] = DuplicateFinding.NotCompared("it is dark and silent") });

        var rank = Assert.Single(await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Retained)).Measurements.Single(measurement => measurement.Name == "duplicate_rank");
        Assert.Equal((MeasurementState.Unmeasured, "it is dark and silent"), (rank.State, rank.Reason));
    }

    [Fact]
    public async Task Snapshot_before_stays_readable_and_another_policy_over_the_rows_keeps_copies_out()
    {
        using var dataset = new SampleDataset();
        var (old, clips) = await RetainedAsync(dataset, 3);

        var result = await WriteAsync(dataset, old, new() { [clips[1].Id] = new DuplicateFinding(1, clips[0].Id.Value, "same", null) });

        Assert.Equal(3, (await dataset.ReadClipsAsync(old, ClipOutcome.Retained)).Count);
        var before = Assert.Single(await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Rejected));
        var again = await new Rejudger(dataset.Store, dataset.Time).RejudgeAsync(KeepAll, null, null, Cancel);
        var after = Assert.Single(await dataset.ReadClipsAsync(again.Manifest, ClipOutcome.Rejected));
        Assert.Equal((before.Id, before.RejectedBy, before.Reason), (after.Id, after.RejectedBy, after.Reason));
    }

    [Fact]
    public async Task Copy_that_is_wanted_again_is_held_until_it_is_cut()
    {
        using var dataset = new SampleDataset();
        var (old, clips) = await RetainedAsync(dataset, 2);
        var first = await WriteAsync(dataset, old, new() { [clips[1].Id] = new DuplicateFinding(1, clips[0].Id.Value, "same", null) });

        var second = await WriteAsync(dataset, first.Manifest, []);

        var held = Assert.Single(await dataset.ReadClipsAsync(second.Manifest, ClipOutcome.Held));
        Assert.Equal((1L, clips[1].Id, null, null), (second.Deferred, held.Id, held.DuplicateOf, held.RejectedBy));
        Assert.StartsWith("media: ", held.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_that_somebody_replaced_is_not_written_over()
    {
        using var dataset = new SampleDataset();
        var (old, _) = await RetainedAsync(dataset, 2);
        await dataset.AddAsync(SampleOutcomes.Source(9));
        await dataset.CommitAsync();

        await Assert.ThrowsAsync<DatasetConflictException>(() => WriteAsync(dataset, old, []));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rows_say_what_the_judge_says_of_each_clip(int seed)
    {
        var random = new RandomClips(seed);
        using var dataset = new SampleDataset();
        var policy = random.Policy("before");
        policy = policy with { Limits = [.. policy.Limits.Where(limit => limit.Name != DuplicateMeasurement.Name), .. KeepAll.Limits] };
        for (var source = 0; source < 3; source++) await dataset.AddAsync(random.Source(source, 40, policy));
        var old = (await CommitAsync(dataset, policy)).Manifest;
        var rows = await dataset.ReadClipsAsync(old);
        var findings = rows.Where((_, index) => index % 3 == 0).Select((row, index) => (row, index)).ToDictionary(
            entry => entry.row.Id, entry => entry.index % 2 == 0 ? new DuplicateFinding(entry.index, rows[0].Id.Value, "same", null) : DuplicateFinding.NotCompared("for the test"));

        var result = await WriteAsync(dataset, old, findings);

        var now = (await dataset.ReadClipsAsync(result.Manifest)).ToDictionary(clip => clip.Id);
        Assert.Equal(rows.Count, now.Count);
        foreach (var row in rows) AssertJudged(policy, row, findings.GetValueOrDefault(row.Id, DuplicateFinding.None), now[row.Id]);
    }

    private static void AssertJudged(Policy policy, ClipRecord row, DuplicateFinding finding, ClipRecord now)
    {
        var rank = finding.Rank is { } copies
            ? Measurement.Measured(DuplicateMeasurement.Name, copies, DuplicateMeasurement.Method, DuplicateMeasurement.MethodVersion)
            : Measurement.Unmeasured(DuplicateMeasurement.Name, finding.Reason!, DuplicateMeasurement.Method, DuplicateMeasurement.MethodVersion);
        Measurement[] measurements = [.. row.Measurements.Where(measurement => measurement.Name != DuplicateMeasurement.Name), rank];
        var expected = PolicyJudge.Judge(policy, row.Span, row.Split, measurements);
        Assert.Equal(measurements, now.Measurements);
        Assert.Equal(expected.Verdicts.Select(Told), now.Verdicts.Select(Told));
        var uncut = expected.Outcome == ClipOutcome.Retained && row.MediaPath is null;
        Assert.Equal(uncut ? (ClipOutcome.Held, null) : (expected.Outcome, expected.RejectedBy), (now.Outcome, now.RejectedBy));
        if (!uncut) Assert.Equal(Short(expected.Reason), Short(now.Reason));

        // The judge does not know the best one's name.
        static string? Short(string? reason) => reason?.Split(" (same as ")[0];

        static Verdict Told(Verdict verdict) => verdict with { Reason = Short(verdict.Reason) };
    }

    private static async Task<(SnapshotManifest Manifest, List<ClipRecord> Clips)> RetainedAsync(SampleDataset dataset, int clips)
    {
        var source = SampleOutcomes.Source(1, retained: clips);
        await dataset.AddAsync(source with { Clips = [.. source.Clips.Where(clip => clip.Outcome == ClipOutcome.Retained)] });
        var manifest = (await CommitAsync(dataset, KeepAll)).Manifest;
        return (manifest, [.. (await dataset.ReadClipsAsync(manifest)).OrderBy(clip => clip.Span.Start)]);
    }

    private static Task<DuplicateResult> WriteAsync(SampleDataset dataset, SnapshotManifest manifest, Dictionary<ClipId, DuplicateFinding> findings) =>
        new DuplicateWriter(dataset.Store, dataset.Time).WriteAsync(manifest, findings, null, Cancel);

    private static Task<CommitResult> CommitAsync(SampleDataset dataset, Policy policy) => dataset.WriterOn(dataset.Store)
        .CommitAsync(new SnapshotContext(PipelineVersion.Current, new ManifestPolicy(policy.Name, policy.Sha256), []), Cancel);
}
