using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Snapshots;

/// <summary>A commit is killed before every one of its changes in turn. Readers see the old rows or the new ones, never a mixture, and the next commit repairs.</summary>
public sealed class SnapshotWriterInterruptedTests
{
    [Fact]
    public async Task Commit_killed_at_any_step_leaves_a_whole_snapshot_and_the_next_repairs_it()
    {
        var steps = 0;
        for (var diesAt = 1; ; diesAt++)
        {
            using var dataset = new SampleDataset();
            await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2));
            var old = await IdsAsync(dataset, (await dataset.CommitAsync()).Manifest);
            await dataset.AddAsync(SampleOutcomes.Source(1, contentOf: "changed"), SampleOutcomes.Source(3), SampleOutcomes.Quarantined(1));
            var faulty = new FaultyStore(dataset.Store, diesAt);

            var finished = await RunAsync(() => dataset.WriterOn(faulty).CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel));

            var seen = await IdsAsync(dataset, await dataset.Reader.ReadManifestAsync(SampleDataset.Cancel));
            var repaired = (await dataset.CommitAsync()).Manifest;
            var wanted = await IdsAsync(dataset, repaired);
            Assert.Equal(18, wanted.Count);
            Assert.True(seen.SetEquals(old) || seen.SetEquals(wanted), $"killed at {diesAt}: {seen.Count} rows");
            Assert.Equal(repaired.Shards.Select(shard => shard.Path).Order(StringComparer.Ordinal), dataset.ParquetFiles());
            await foreach (var problem in dataset.Reader.VerifyAsync(repaired, SampleDataset.Cancel)) Assert.Fail($"{problem}");
            if (finished) break;

            steps++;
        }

        // Nine new shards opened and committed, the manifest, eight old shards moved, the card: at the least.
        Assert.InRange(steps, 20, 100);
    }

    [Fact]
    public async Task First_commit_killed_at_any_step_leaves_nothing_or_everything()
    {
        for (var diesAt = 1; ; diesAt++)
        {
            using var dataset = new SampleDataset();
            await dataset.AddAsync(SampleOutcomes.Source(1));

            var finished = await RunAsync(() => dataset.WriterOn(new FaultyStore(dataset.Store, diesAt)).CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel));

            if (await dataset.Reader.FindManifestAsync(SampleDataset.Cancel) is { } manifest) Assert.Equal(6, (await dataset.ReadClipsAsync(manifest)).Count);
            await dataset.CommitAsync();
            Assert.Equal((await dataset.Reader.ReadManifestAsync(SampleDataset.Cancel)).Shards.Count, dataset.ParquetFiles().Count);
            if (finished) break;
        }
    }

    [Fact]
    public async Task Source_killed_between_fragment_and_stamp_is_not_in_the_snapshot_and_is_done_again()
    {
        using var dataset = new SampleDataset();
        var faulty = new FragmentStore(new FaultyStore(dataset.Store, 2));

        Assert.False(await RunAsync(() => faulty.SaveAsync(SampleOutcomes.Source(1), 1, 1, SampleDataset.Cancel)));

        Assert.Equal(0, (await dataset.CommitAsync()).Manifest.Funnel.Sources);
        Assert.Null(await dataset.Fragments.FindStampAsync(SampleOutcomes.Source(1).SourceUri, SampleDataset.Cancel));
        Assert.True(await dataset.Fragments.ExistsAsync(SampleOutcomes.Source(1).FragmentName, SampleDataset.Cancel));
        await dataset.AddAsync(SampleOutcomes.Source(1));
        Assert.Equal(1, (await dataset.CommitAsync()).Manifest.Funnel.Sources);
    }

    private static async Task<bool> RunAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (IOException error) when (error is not DatasetException && error.Message.StartsWith("killed", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<HashSet<ClipId>> IdsAsync(SampleDataset dataset, Curation.Dataset.Snapshots.SnapshotManifest manifest)
    {
        var clips = await dataset.ReadClipsAsync(manifest);
        var ids = clips.Select(clip => clip.Id).ToHashSet();
        Assert.Equal(clips.Count, ids.Count);
        Assert.Equal(manifest.Funnel.Clips, ids.Count);
        return ids;
    }
}
