using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Queries;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Tests.Deduplicating;

public sealed class SignedClipsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clips_come_with_signatures_and_with_what_they_would_be_without_copies()
    {
        using var dataset = new SampleDataset();
        var source = SampleOutcomes.Source(1, retained: 2);
        await dataset.AddAsync(source with { Clips = [.. source.Clips.Select((clip, index) => Signed(clip, index == 1))] });
        var manifest = (await dataset.CommitAsync()).Manifest;

        var clips = await ReadAsync(dataset, manifest);

        var bySource = clips.OrderBy(clip => clip.StartSeconds).ToList();
        Assert.Equal([ClipOutcome.Retained, ClipOutcome.Retained, ClipOutcome.Held, ClipOutcome.Rejected], bySource.Select(clip => clip.Outcome));
        Assert.Equal([ClipOutcome.Retained, ClipOutcome.Rejected, ClipOutcome.Held, ClipOutcome.Rejected], bySource.Select(clip => clip.Stands));
        Assert.All(bySource, clip => Assert.Equal(("pictures", "sound", true, 720, 9.0), (clip.PictureSignature, clip.SoundSignature, clip.IsSigned, clip.ShortSide, clip.Seconds)));
        Assert.Equal(new DuplicateFinding(1, "best", "same", null), bySource[1].Finding);
    }

    [Fact]
    public async Task Row_that_knows_nothing_of_copies_is_of_an_older_version()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));

        Assert.All(await ReadAsync(dataset, (await dataset.CommitAsync()).Manifest), clip => Assert.False(clip.IsSigned));
    }

    [Fact]
    public async Task Shard_without_the_columns_is_refused_with_what_to_do()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var manifest = (await dataset.CommitAsync()).Manifest;
        var shard = Path.Combine(dataset.Path, manifest.Shards[0].Path);
        var session = await DuckDbSession.OpenAsync(new QueryOptions(), Cancel);
        await using (session) await session.ExecuteAsync($"COPY (SELECT * EXCLUDE (picture_signature, sound_signature, duplicate_of, duplicate_kind, duplicate_rank) FROM '{shard}') TO '{shard}.old' (FORMAT parquet)", Cancel);
        File.Move($"{shard}.old", shard, overwrite: true);

        var error = await Assert.ThrowsAsync<DedupRefusedException>(() => ReadAsync(dataset, manifest));

        Assert.Contains("lacks duplicate_kind, duplicate_of, duplicate_rank, picture_signature, sound_signature", error.Message, StringComparison.Ordinal);
        Assert.Contains("Run 'curate run' over its sources again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_set_of_another_version_is_refused()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var manifest = (await dataset.WriterOn(dataset.Store).CommitAsync(SampleOutcomes.Context with { PipelineVersion = "0" }, Cancel)).Manifest;

        Assert.Contains("pipeline version 0", (await Assert.ThrowsAsync<DedupRefusedException>(() => ReadAsync(dataset, manifest))).Message, StringComparison.Ordinal);
    }

    private static ClipRecord Signed(ClipRecord clip, bool isCopy)
    {
        clip = clip with { PictureSignature = "pictures", SoundSignature = "sound", Measurements = [.. clip.Measurements, Measurement.Measured(DuplicateMeasurement.Name, isCopy ? 1 : 0, "m", "1")] };
        return isCopy
            ? clip with
            {
                Outcome = ClipOutcome.Rejected,
                RejectedBy = DuplicateMeasurement.Name,
                Reason = "copy",
                DuplicateOf = "best",
                DuplicateKind = "same",
                Verdicts = [.. clip.Verdicts, new Verdict(DuplicateMeasurement.Name, VerdictOutcome.Reject, 1, "<= 0", "copy")],
            }
            : clip;
    }

    private static async Task<List<SignedClip>> ReadAsync(SampleDataset dataset, SnapshotManifest manifest)
    {
        var clips = new List<SignedClip>();
        await new SignedClips(dataset.Store).ReadAsync(manifest, clips.Add, Cancel);
        return clips;
    }
}
