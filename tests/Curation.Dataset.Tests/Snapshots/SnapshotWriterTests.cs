using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Snapshots;

public sealed class SnapshotWriterTests
{
    [Fact]
    public async Task Commit_reads_back_every_clip_exactly()
    {
        using var dataset = new SampleDataset();
        var sources = Enumerable.Range(0, 7).Select(number => SampleOutcomes.Source(number, words: number % 3)).ToArray();
        await dataset.AddAsync(sources);

        var result = await dataset.CommitAsync();

        var expected = sources.SelectMany(source => source.Clips).Select(SampleOutcomes.Print).Order(StringComparer.Ordinal);
        var actual = (await dataset.ReadClipsAsync(result.Manifest)).Select(SampleOutcomes.Print).Order(StringComparer.Ordinal);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Commit_counts_the_funnel_and_the_hours()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync([.. Enumerable.Range(0, 3).Select(number => SampleOutcomes.Source(number)), SampleOutcomes.Quarantined(1)]);

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Equal((4, 1, 0), (manifest.Funnel.Sources, manifest.Funnel.Quarantined, manifest.Funnel.Duplicates));
        Assert.Equal((18, 12, 3, 3), (manifest.Funnel.Clips, manifest.Funnel.Retained, manifest.Funnel.Held, manifest.Funnel.Rejected));
        Assert.Equal(3, manifest.Funnel.ByFilter["snr_db"]);
        Assert.Equal([3L, 3, 3, 3], SplitNames.All.Select(split => manifest.Funnel.BySplit[split]));
        Assert.Equal(18, manifest.Funnel.Unmeasured["aesthetic"]);
        Assert.False(manifest.Funnel.Unmeasured.ContainsKey("mos"));
        Assert.Equal(3 * 360 / 3600.0, manifest.Hours.Media, 12);
        Assert.Equal(12 * 9 / 3600.0, manifest.Hours.Retained, 12);
        Assert.Equal(3 * 9 / 3600.0, manifest.Hours.Rejected, 12);
    }

    [Fact]
    public async Task Quarantined_source_reads_back()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Quarantined(5));

        var manifest = (await dataset.CommitAsync()).Manifest;

        var records = new List<QuarantineRecord>();
        await foreach (var record in dataset.Reader.ReadQuarantineAsync(manifest, SampleDataset.Cancel)) records.Add(record);
        Assert.Equal([SampleOutcomes.Quarantined(5).Quarantine!], records);
    }

    [Fact]
    public async Task Commit_without_news_changes_nothing()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2));
        var first = await dataset.CommitAsync();
        var before = await File.ReadAllBytesAsync(Path.Combine(dataset.Path, "dataset.json"), SampleDataset.Cancel);
        dataset.Time.Now += TimeSpan.FromHours(1);

        var second = await dataset.CommitAsync();

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(0, second.ShardsWritten);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(dataset.Path, "dataset.json"), SampleDataset.Cancel));
    }

    [Fact]
    public async Task Same_rows_in_another_order_of_arrival_give_the_same_files()
    {
        using var one = new SampleDataset();
        using var two = new SampleDataset();
        await one.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2), SampleOutcomes.Quarantined(3));
        await two.AddAsync(SampleOutcomes.Quarantined(3), SampleOutcomes.Source(2), SampleOutcomes.Source(1));

        Assert.Equal((await one.CommitAsync()).Manifest.Shards, (await two.CommitAsync()).Manifest.Shards);
    }

    [Fact]
    public async Task Next_commit_writes_only_the_shards_that_change()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync([.. Enumerable.Range(0, 60).Select(number => SampleOutcomes.Source(number))]);
        var first = await dataset.CommitAsync();
        await dataset.AddAsync(SampleOutcomes.Source(30, contentOf: "changed"));

        var second = await dataset.CommitAsync();

        // One source lies in six tables: four splits, held, rejected. The source's URI has not changed, so the ends of shards have not either.
        Assert.Equal(first.Manifest.Shards.Count, second.Manifest.Shards.Count);
        Assert.Equal(6, second.ShardsWritten);
        Assert.Equal(6, second.Manifest.Shards.Except(first.Manifest.Shards).Count());
        Assert.Equal(first.Manifest.Id, second.Manifest.Parent);
    }

    [Fact]
    public async Task Glob_sees_exactly_the_manifest_after_a_second_commit()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        await dataset.CommitAsync();
        await dataset.AddAsync(SampleOutcomes.Source(2));

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Equal(manifest.Shards.Select(shard => shard.Path).Order(StringComparer.Ordinal), dataset.ParquetFiles());
    }

    [Fact]
    public async Task Reader_with_the_old_manifest_still_reads_it_after_the_next_commit()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var old = (await dataset.CommitAsync()).Manifest;
        await dataset.AddAsync(SampleOutcomes.Source(2));
        await dataset.CommitAsync();

        Assert.Equal(6, (await dataset.ReadClipsAsync(old)).Count);
    }

    [Fact]
    public async Task Superseded_shards_go_with_the_second_commit_after_them()
    {
        using var dataset = new SampleDataset();
        for (var number = 0; number < 4; number++)
        {
            await dataset.AddAsync(SampleOutcomes.Source(number, retained: 1));
            await dataset.CommitAsync();
        }

        // Of each commit the shards of the one before stay: three tables here, one shard each.
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(dataset.Path, "_state", "superseded"), "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Same_content_under_two_names_counts_once_and_the_first_name_wins()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(2, contentOf: "same"), SampleOutcomes.Source(1, contentOf: "same"));

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Equal((2, 1, 6L), (manifest.Funnel.Sources, manifest.Funnel.Duplicates, manifest.Funnel.Clips));
        Assert.All(await dataset.ReadClipsAsync(manifest), clip => Assert.Equal("file:///media/source%200001.mp4", clip.SourceUri));
    }

    [Fact]
    public async Task Removed_source_leaves_with_the_next_commit()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2));
        await dataset.CommitAsync();
        await dataset.Fragments.RemoveStampAsync(SampleOutcomes.Source(1).SourceUri, SampleDataset.Cancel);

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Equal(1, manifest.Funnel.Sources);
        Assert.All(await dataset.ReadClipsAsync(manifest), clip => Assert.Equal(SampleOutcomes.Source(2).SourceUri, clip.SourceUri));
    }

    [Fact]
    public async Task Deleted_shard_is_made_anew()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var first = (await dataset.CommitAsync()).Manifest;
        File.Delete(Path.Combine(dataset.Path, first.Shards[0].Path));

        var second = await dataset.CommitAsync();

        Assert.Equal((false, 1), (second.Changed, second.ShardsWritten));
        Assert.Equal(6, (await dataset.ReadClipsAsync(second.Manifest)).Count);
    }

    [Fact]
    public async Task Empty_data_set_commits()
    {
        using var dataset = new SampleDataset();

        var manifest = (await dataset.CommitAsync()).Manifest;

        Assert.Empty(manifest.Shards);
        Assert.Equal(0, manifest.Funnel.Clips);
    }

    [Fact]
    public async Task Quarantined_source_that_succeeds_under_another_name_is_repaired()
    {
        using var dataset = new SampleDataset();
        var good = SampleOutcomes.Source(2, contentOf: "same");
        var bad = good with { SourceUri = "file:///media/a.mp4", Clips = [], Quarantine = new QuarantineRecord("file:///media/a.mp4", good.SourceSha256, 1, "analyse", "timed out") };
        await dataset.AddAsync(bad, good);

        var manifest = (await dataset.CommitAsync()).Manifest;

        // The first name wins, and its lagging stamp is corrected from the fragment that the second wrote.
        Assert.Equal((2, 0, 1, 6L), (manifest.Funnel.Sources, manifest.Funnel.Quarantined, manifest.Funnel.Duplicates, manifest.Funnel.Clips));
        Assert.All(await dataset.ReadClipsAsync(manifest), clip => Assert.Equal("file:///media/a.mp4", clip.SourceUri));
    }

    [Theory]
    [InlineData("_state/sources", 32)]
    [InlineData("_state/fragments", 8)]
    public async Task Commit_reads_many_small_objects_at_once_and_the_rows_stay_in_order(string folder, int together)
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync([.. Enumerable.Range(0, 40).Select(number => SampleOutcomes.Source(number))]);
        var slow = new SlowStore(dataset.Store, folder, together);

        var manifest = (await dataset.WriterOn(slow).CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel)).Manifest;

        Assert.Equal(together, slow.Most);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(number => SampleOutcomes.Source(number).SourceUri),
            (await dataset.ReadClipsAsync(manifest, ClipOutcome.Rejected)).Select(clip => clip.SourceUri));
    }

    [Fact]
    public async Task Writer_that_lost_begins_anew_from_the_others_snapshot_and_the_rows_of_both_are_there()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        SnapshotManifest? others = null;
        var slow = dataset.WriterOn(new InterruptingStore(dataset.Store, async () =>
        {
            await dataset.AddAsync(SampleOutcomes.Source(2));
            others = (await dataset.CommitAsync()).Manifest;
            await dataset.AddAsync(SampleOutcomes.Source(3));
        }));

        var result = await slow.CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel);

        Assert.True(result.Changed);
        Assert.Equal(others!.Id, result.Manifest.Parent);
        Assert.Equal(3 * 6, (await dataset.ReadClipsAsync(result.Manifest)).Count);
        Assert.False((await dataset.CommitAsync()).Changed);
    }

    [Fact]
    public async Task Writer_that_lost_to_one_with_the_same_rows_has_nothing_left_to_do()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        var slow = dataset.WriterOn(new InterruptingStore(dataset.Store, () => dataset.CommitAsync()));

        Assert.False((await slow.CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel)).Changed);

        Assert.Equal(6, (await dataset.ReadClipsAsync(await dataset.Reader.ReadManifestAsync(SampleDataset.Cancel))).Count);
    }

    [Fact]
    public async Task Writer_that_always_loses_gives_up_and_does_no_harm()
    {
        using var dataset = new SampleDataset();
        var number = 0;
        await dataset.AddAsync(SampleOutcomes.Source(number));

        // The other one commits all there is, and then there is more.
        var beaten = dataset.WriterOn(new BeatenStore(dataset.Store, async () =>
        {
            await dataset.CommitAsync();
            await dataset.AddAsync(SampleOutcomes.Source(++number));
        }));

        await Assert.ThrowsAsync<DatasetConflictException>(() => beaten.CommitAsync(SampleOutcomes.Context, SampleDataset.Cancel));

        // Once, and ten times anew.
        Assert.Equal(11, number);
        Assert.Equal(11 * 6, (await dataset.ReadClipsAsync(await dataset.Reader.ReadManifestAsync(SampleDataset.Cancel))).Count);
    }

    /// <summary>Lets somebody else act each time before the manifest is replaced.</summary>
    private sealed class BeatenStore(IDatasetStore inner, Func<Task> act) : StoreDecorator(inner)
    {
        protected override async ValueTask BeforeAsync(string operation, string path)
        {
            if (operation == nameof(TryReplaceAsync)) await act();
        }
    }
}
