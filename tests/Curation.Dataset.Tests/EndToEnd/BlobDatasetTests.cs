using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Tests.Storage.Blobs;
using Curation.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dataset.Tests.EndToEnd;

/// <summary>Fragments become snapshots and are read again, all in blobs.</summary>
public sealed class BlobDatasetTests
{
    private static readonly SnapshotOptions Small = new() { RowGroupRows = 3, MinShardRows = 5, MaxShardRows = 10 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Data_set_in_blobs_equals_the_one_in_a_folder_row_for_row(bool isFaulty)
    {
        var place = await BlobPlace.MakeAsync();
        using var folder = new TemporaryFolder();
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => !isFaulty ? null : (request.Number % 12) switch
        {
            2 => Fault.LoseAnswer,
            5 => Fault.Answer(500),
            8 => Fault.Refuse,
            11 => Fault.Break(700),
            _ => null,
        });
        var blobs = Open(place, place.At("data/set").ToString(), proxy.Port);
        var files = Open(place, folder.Path, proxy.Port);

        foreach (var dataset in (CurationDataset[])[blobs, files])
        {
            await AddAsync(dataset, 0, 6);
            await dataset.Writer.CommitAsync(SampleOutcomes.Context, Cancel);

            // The second commit moves shards that it compacts out of the way.
            await AddAsync(dataset, 6, 9);
            await dataset.Fragments.SaveAsync(SampleOutcomes.Quarantined(1), 10, 1, Cancel);
            await dataset.Writer.CommitAsync(SampleOutcomes.Context, Cancel);
        }

        var (blobManifest, fileManifest) = (await blobs.Reader.ReadManifestAsync(Cancel), await files.Reader.ReadManifestAsync(Cancel));
        Assert.Equal(await RowsAsync(files, fileManifest), await RowsAsync(blobs, blobManifest));
        Assert.Equal(fileManifest.Shards.Select(shard => (shard.Path, shard.Sha256, shard.Rows)), blobManifest.Shards.Select(shard => (shard.Path, shard.Sha256, shard.Rows)));
        Assert.Empty(await blobs.Reader.VerifyAsync(blobManifest, Cancel).ToListAsync(Cancel));
        Assert.Equal(
            await files.Store.ListAsync("triplets", Cancel).Select(entry => (entry.Path, entry.SizeBytes)).Order().ToListAsync(Cancel),
            await blobs.Store.ListAsync("triplets", Cancel).Select(entry => (entry.Path, entry.SizeBytes)).Order().ToListAsync(Cancel));
        Assert.Empty(await blobs.Store.ListAsync("_state/staging", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Of_two_machines_that_commit_at_once_none_loses_a_row()
    {
        var place = await BlobPlace.MakeAsync();
        var address = place.At("data/set").ToString();
        CurationDataset[] machines = [Open(place, address, place.Server.Port), Open(place, address, place.Server.Port)];
        await AddAsync(machines[0], 0, 4);

        await Task.WhenAll(machines.Select((machine, number) => Task.Run(
            async () =>
            {
                await AddAsync(machine, 4 + (number * 4), 8 + (number * 4));
                await machine.Writer.CommitAsync(SampleOutcomes.Context, Cancel);
            },
            Cancel)));

        // Whoever was slower has begun anew, and was the last to look at the fragments.
        var manifest = await machines[1].Reader.ReadManifestAsync(Cancel);
        var expected = Enumerable.Range(0, 12).SelectMany(number => SampleOutcomes.Source(number).Clips).Select(SampleOutcomes.Print).Order(StringComparer.Ordinal);
        Assert.Equal(expected, await RowsAsync(machines[1], manifest));
        Assert.Empty(await machines[1].Reader.VerifyAsync(manifest, Cancel).ToListAsync(Cancel));
    }

    private static CurationDataset Open(BlobPlace place, string address, int port) =>
        new ServiceCollection()
            .AddSingleton(BlobPlace.Options with { ConnectionString = place.Server.ConnectionStringAt(port) })
            .AddSingleton<TimeProvider>(new FixedTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)))
            .AddCurationDataset(Small)
            .BuildServiceProvider().GetRequiredService<DatasetOpener>().Open(address);

    private static async Task AddAsync(CurationDataset dataset, int from, int to)
    {
        for (var number = from; number < to; number++) await dataset.Fragments.SaveAsync(SampleOutcomes.Source(number), 1000, 42, Cancel);
    }

    private static async Task<List<string>> RowsAsync(CurationDataset dataset, SnapshotManifest manifest) =>
        await dataset.Reader.ReadClipsAsync(manifest, (ClipOutcome?)null, Cancel).Select(SampleOutcomes.Print).Order(StringComparer.Ordinal).ToListAsync(Cancel);
}
