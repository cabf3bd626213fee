using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Rejudging;

public sealed class RejudgerTests
{
    private static readonly Policy KeepAll = new("keep-all") { Sha256 = SampleOutcomes.Sha256("keep-all"), ClipMin = TimeSpan.Zero, Unmeasured = UnmeasuredRule.Pass };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Rows_say_what_the_judge_says_of_each_clip(int seed)
    {
        var random = new RandomClips(seed);
        using var dataset = new SampleDataset();
        var (before, after) = (random.Policy("before"), random.Policy("after"));
        for (var source = 0; source < 4; source++) await dataset.AddAsync(random.Source(source, 40, before));
        var old = (await CommitAsync(dataset, before)).Manifest;
        var rows = await dataset.ReadClipsAsync(old);

        var result = await Rejudger(dataset).RejudgeAsync(after, null, null, Cancel);

        var now = (await dataset.ReadClipsAsync(result.Manifest)).ToDictionary(clip => clip.Id);
        Assert.Equal(rows.Count, now.Count);
        foreach (var row in rows) AssertJudged(after, row, now[row.Id]);
        Assert.Equal((now.Values.Count(clip => clip.Outcome == ClipOutcome.Retained), now.Values.Count(clip => clip.Outcome == ClipOutcome.Held)), ((int)result.Manifest.Funnel.Retained, (int)result.Manifest.Funnel.Held));
        Assert.Equal(now.Values.Where(clip => clip.RejectedBy is not null).CountBy(clip => clip.RejectedBy!).ToDictionary(pair => pair.Key, pair => (long)pair.Value), result.Manifest.Funnel.ByFilter);
    }

    [Fact]
    public async Task Same_policy_changes_nothing_but_the_first_time()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        await CommitAsync(dataset, KeepAll);

        var first = await Rejudger(dataset).RejudgeAsync(KeepAll, null, null, Cancel);
        var second = await Rejudger(dataset).RejudgeAsync(KeepAll, null, null, Cancel);

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(first.Manifest.Id, second.Manifest.Id);
    }

    [Fact]
    public async Task Snapshot_before_stays_readable_and_folders_show_the_new_one()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2), SampleOutcomes.Quarantined(3));
        var old = (await CommitAsync(dataset, KeepAll)).Manifest;

        var result = await Rejudger(dataset).RejudgeAsync(KeepAll with { ClipMin = TimeSpan.FromDays(1) }, null, null, Cancel);

        Assert.Equal(old.Id, result.Manifest.Parent);
        Assert.Equal(12, (await dataset.ReadClipsAsync(old)).Count);
        Assert.Equal((0, 12), (result.Manifest.Funnel.Retained, result.Manifest.Funnel.Rejected));
        Assert.Equal(result.Manifest.Shards.Select(shard => shard.Path).Order(StringComparer.Ordinal), dataset.ParquetFiles());
        Assert.Empty(await ProblemsAsync(dataset, result.Manifest));
        Assert.Equal(1, result.Manifest.Funnel.Quarantined);
    }

    [Fact]
    public async Task Clips_that_were_never_cut_are_held_until_somebody_cuts_them()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1, retained: 1));
        await CommitAsync(dataset, KeepAll);

        var deferred = await Rejudger(dataset).RejudgeAsync(KeepAll, null, null, Cancel);
        var cut = await Rejudger(dataset).RejudgeAsync(KeepAll, new FakeMedia(), null, Cancel);

        Assert.Equal((1, 2, 2), (deferred.Manifest.Funnel.Retained, deferred.Manifest.Funnel.Held, deferred.Deferred));
        Assert.Equal((3, 2), (cut.Manifest.Funnel.Retained, cut.Cut));
        var clips = await dataset.ReadClipsAsync(cut.Manifest, ClipOutcome.Retained);
        Assert.Equal(2, clips.Count(clip => clip.MediaSha256 == "cut for this"));
        Assert.All(clips, clip => Assert.NotNull(clip.Split));
    }

    [Fact]
    public async Task Clip_that_cannot_be_cut_is_held_with_the_reason()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1, retained: 0));
        await CommitAsync(dataset, KeepAll);

        var result = await Rejudger(dataset).RejudgeAsync(KeepAll, new FakeMedia { Fault = "the source is gone" }, null, Cancel);

        var held = await dataset.ReadClipsAsync(result.Manifest, ClipOutcome.Held);
        Assert.Equal(["the source is gone", "the source is gone"], held.Select(clip => clip.Reason!));
        Assert.Equal((0, 0), (result.Cut, result.Manifest.Funnel.Retained));
    }

    [Fact]
    public async Task Limit_on_what_no_clip_has_is_refused_and_nothing_is_written()
    {
        using var dataset = new SampleDataset();
        var random = new RandomClips(1);
        await dataset.AddAsync(random.Source(1, 3, KeepAll) is var source ? source with { Clips = [.. source.Clips.Select(Without)] } : null!);
        var old = (await CommitAsync(dataset, KeepAll)).Manifest;

        var error = await Assert.ThrowsAsync<RejudgeRefusedException>(() => Rejudger(dataset).RejudgeAsync(KeepAll with { Unmeasured = UnmeasuredRule.Hold, Limits = [new Limit("mos") { Min = 3 }] }, null, null, Cancel));

        Assert.Contains("mos (slot mos)", error.Message, StringComparison.Ordinal);
        Assert.Equal(old.Id, (await dataset.Reader.ReadManifestAsync(Cancel)).Id);

        static ClipRecord Without(ClipRecord clip) => clip with { Measurements = [.. clip.Measurements.Where(measurement => measurement.Name != "mos"), Measurement.Unmeasured("mos", "no model")] };
    }

    [Fact]
    public async Task Data_set_of_another_version_is_refused()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        await dataset.WriterOn(dataset.Store).CommitAsync(SampleOutcomes.Context with { PipelineVersion = "0" }, Cancel);

        var error = await Assert.ThrowsAsync<RejudgeRefusedException>(() => Rejudger(dataset).RejudgeAsync(KeepAll, null, null, Cancel));

        Assert.Contains("pipeline version 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_in_between_wins()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1, retained: 0));
        await CommitAsync(dataset, KeepAll);
        var media = new FakeMedia
        {
            Meanwhile = async () =>
            {
                await dataset.AddAsync(SampleOutcomes.Source(2));
                await CommitAsync(dataset, KeepAll);
            },
        };

        await Assert.ThrowsAsync<DatasetConflictException>(() => Rejudger(dataset).RejudgeAsync(KeepAll, media, null, Cancel));

        Assert.Equal(2, (await dataset.Reader.ReadManifestAsync(Cancel)).Funnel.Sources);
    }

    private static Rejudger Rejudger(SampleDataset dataset) => new(dataset.Store, dataset.Time);

    private static Task<CommitResult> CommitAsync(SampleDataset dataset, Policy policy) => dataset.WriterOn(dataset.Store)
        .CommitAsync(new SnapshotContext(PipelineVersion.Current, new ManifestPolicy(policy.Name, policy.Sha256), []), Cancel);

    private static async Task<List<string>> ProblemsAsync(SampleDataset dataset, SnapshotManifest manifest)
    {
        var problems = new List<string>();
        await foreach (var problem in dataset.Reader.VerifyAsync(manifest, Cancel)) problems.Add($"{problem}");
        return problems;
    }

    private static void AssertJudged(Policy policy, ClipRecord row, ClipRecord now)
    {
        // What is made on the written clip is judged once there is one.
        var judged = row.MediaPath is null ? policy with { Limits = [.. policy.Limits.Where(limit => !MeasurementCatalog.Get(limit.Name).OfWrittenClip)] } : policy;
        var expected = PolicyJudge.Judge(judged, row.Span, row.Split, row.Measurements);
        Assert.Equal(expected.Verdicts.Count, now.Verdicts.Count);
        Assert.All(expected.Verdicts.Zip(now.Verdicts), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(policy.Sha256, now.PolicySha256);
        Assert.Equal(row.Measurements, now.Measurements);
        if (expected.Outcome == ClipOutcome.Retained && row.MediaPath is null)
        {
            Assert.Equal(ClipOutcome.Held, now.Outcome);
            Assert.StartsWith("media: ", now.Reason, StringComparison.Ordinal);
            return;
        }

        Assert.Equal((expected.Outcome, expected.RejectedBy, expected.Reason), (now.Outcome, now.RejectedBy, now.Reason));
        Assert.Equal(expected.Outcome == ClipOutcome.Retained ? row.MediaPath : null, now.MediaPath);
    }

    private sealed class FakeMedia : IMissingMedia
    {
        public string? Fault { get; init; }

        public Func<Task>? Meanwhile { get; init; }

        public async Task<ClipRecord> CutAsync(ClipRecord clip, CancellationToken cancellationToken)
        {
            if (Meanwhile is not null) await Meanwhile();
            return Fault is null
                ? clip with { Outcome = ClipOutcome.Retained, Split = clip.Split ?? Split.Sound, MediaPath = $"clips/{clip.Id}.mp4", MediaSha256 = "cut for this" }
                : clip with { Outcome = ClipOutcome.Held, Reason = Fault };
        }
    }
}
