using Curation.Clips;
using Curation.Dataset.Collecting;

namespace Curation.Dataset.Tests.Collecting;

public sealed class GarbageCollectorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nothing_refers_to_goes_and_the_snapshot_stays_whole()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        await dataset.CommitAsync();
        await dataset.AddAsync(SampleOutcomes.Source(2));
        var manifest = (await dataset.CommitAsync()).Manifest;
        var kept = (await dataset.ReadClipsAsync(manifest, ClipOutcome.Retained))[0].MediaPath!;
        await dataset.Store.PutAsync(kept, new byte[10], Cancel);
        await dataset.Store.PutAsync("clips/ab/stray.mp4", new byte[100], Cancel);
        await dataset.Store.PutAsync("posters/ab/stray.jpg", new byte[7], Cancel);

        var counted = await new GarbageCollector(dataset.Store, TimeSpan.Zero).CollectAsync(delete: false, Cancel);
        var deleted = await new GarbageCollector(dataset.Store, TimeSpan.Zero).CollectAsync(delete: true, Cancel);
        var again = await new GarbageCollector(dataset.Store, TimeSpan.Zero).CollectAsync(delete: true, Cancel);

        Assert.Equal(counted, deleted);
        Assert.True(deleted[0].Objects > 0);
        Assert.Equal([(1L, 100L), (1L, 7L), (0L, 0L)], deleted.Skip(1).Select(garbage => (garbage.Objects, garbage.Bytes)));
        Assert.All(again, garbage => Assert.Equal(0, garbage.Objects));
        Assert.True(await dataset.Store.ExistsAsync(kept, Cancel));
        Assert.Equal(12, (await dataset.ReadClipsAsync(manifest)).Count);
        Assert.False((await dataset.CommitAsync()).Changed);
    }

    [Fact]
    public async Task Young_media_is_left_to_whoever_may_be_about_to_name_it()
    {
        using var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1));
        await dataset.CommitAsync();
        await dataset.Store.PutAsync("clips/ab/new.mp4", new byte[100], Cancel);

        var found = await new GarbageCollector(dataset.Store, TimeSpan.FromDays(1)).CollectAsync(delete: true, Cancel);

        Assert.All(found, garbage => Assert.Equal(0, garbage.Objects));
        Assert.True(await dataset.Store.ExistsAsync("clips/ab/new.mp4", Cancel));
    }
}
