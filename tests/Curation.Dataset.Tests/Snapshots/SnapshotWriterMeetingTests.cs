using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests.Snapshots;

/// <summary>Two commits of one data set meet, one standing still before every one of its changes in turn. Once a slow commit that tidied took the younger one's shards for strays and deleted them.</summary>
public sealed class SnapshotWriterMeetingTests
{
    private static CancellationToken Cancel => SampleDataset.Cancel;

    [Theory]
    [InlineData("")]
    [InlineData("changed again")]
    public async Task Commit_that_stands_still_anywhere_harms_no_whole_commit_meanwhile(string content)
    {
        for (var heldAt = 1; ; heldAt++)
        {
            using var dataset = await BegunAsync();
            var slow = new HoldingStore(dataset.Store, heldAt, async () =>
            {
                await GoOnAsync(dataset, content);
                await dataset.CommitAsync();
            });

            await CommitAsync(dataset, slow);

            await AssertWholeAsync(dataset, $"held at {heldAt}");
            if (heldAt > slow.Changes) break;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("changed again")]
    public async Task Commit_that_tidies_late_harms_no_younger_one_wherever_that_stands(string content)
    {
        for (var heldAt = 1; ; heldAt++)
        {
            using var dataset = await BegunAsync();
            var (published, go) = (new TaskCompletionSource(), new TaskCompletionSource());
            var late = CommitAsync(dataset, new LateStore(dataset.Store, async () =>
            {
                published.SetResult();
                await go.Task;
            }));
            await published.Task;
            await GoOnAsync(dataset, content);
            var younger = new HoldingStore(dataset.Store, heldAt, async () =>
            {
                go.SetResult();
                await late;
            });

            await CommitAsync(dataset, younger);

            go.TrySetResult();
            await late;
            await AssertWholeAsync(dataset, $"held at {heldAt}");
            if (heldAt > younger.Changes) break;
        }
    }

    [Fact]
    public async Task Shards_that_a_killed_commit_staged_go_after_a_day_by_the_clock_of_the_store()
    {
        using var dataset = await BegunAsync();
        await Assert.ThrowsAsync<IOException>(() => CommitAsync(dataset, new KilledStore(dataset.Store)));
        var left = Staged(dataset);
        File.SetLastWriteTimeUtc(left[0], File.GetLastWriteTimeUtc(left[0]) - TimeSpan.FromHours(25));

        // This machine's clock says whatever it likes.
        dataset.Time.Now += TimeSpan.FromDays(1000);
        await dataset.CommitAsync();

        Assert.True(left.Count > 1);
        Assert.Equal(left.Skip(1), Staged(dataset));
        await AssertWholeAsync(dataset, "after the kill");
    }

    [Fact]
    public async Task Commit_that_lost_leaves_nothing_of_its_own()
    {
        using var dataset = await BegunAsync();
        await CommitAsync(dataset, new InterruptingStore(dataset.Store, async () =>
        {
            await GoOnAsync(dataset, "changed again");
            await dataset.CommitAsync();
        }));

        Assert.Empty(Staged(dataset));
        await AssertWholeAsync(dataset, "after the loss");
    }

    private static async Task<SampleDataset> BegunAsync()
    {
        var dataset = new SampleDataset();
        await dataset.AddAsync(SampleOutcomes.Source(1), SampleOutcomes.Source(2));
        await dataset.CommitAsync();
        await dataset.AddAsync(SampleOutcomes.Source(1, contentOf: "changed"), SampleOutcomes.Source(3));
        return dataset;
    }

    // No content of its own: the source is again what it was in the first snapshot, and its shard has the name of a superseded one.
    private static Task GoOnAsync(SampleDataset dataset, string content) =>
        content.Length == 0 ? dataset.AddAsync(SampleOutcomes.Source(1)) : dataset.AddAsync(SampleOutcomes.Source(1, contentOf: content), SampleOutcomes.Source(4));

    private static Task<CommitResult> CommitAsync(SampleDataset dataset, IDatasetStore store) => dataset.WriterOn(store).CommitAsync(SampleOutcomes.Context, Cancel);

    private static IReadOnlyList<string> Staged(SampleDataset dataset)
    {
        var folder = Path.Combine(dataset.Path, "_state", "staging");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
    }

    private static async Task AssertWholeAsync(SampleDataset dataset, string when)
    {
        var manifest = await dataset.Reader.ReadManifestAsync(Cancel);
        await foreach (var problem in dataset.Reader.VerifyAsync(manifest, Cancel)) Assert.Fail($"{when}: {problem}");

        // The next commit has everybody's rows, and the folders show them and nothing else.
        var next = (await dataset.CommitAsync()).Manifest;
        var stamped = new List<ClipId>();
        await foreach (var (_, outcome) in dataset.Fragments.ReadAllAsync(Cancel)) stamped.AddRange(outcome.Clips.Select(clip => clip.Id));
        Assert.Equal(stamped.Select(id => id.Value).Order(StringComparer.Ordinal), (await dataset.ReadClipsAsync(next)).Select(clip => clip.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal(next.Shards.Select(shard => shard.Path).Order(StringComparer.Ordinal), dataset.ParquetFiles());
    }

    /// <summary>Stands still once the manifest is replaced.</summary>
    private sealed class LateStore(IDatasetStore inner, Func<Task> act) : StoreDecorator(inner)
    {
        protected override ValueTask BeforeAsync(string operation, string path) => ValueTask.CompletedTask;

        protected override async ValueTask ReplacedAsync() => await act();
    }

    /// <summary>Dies before the manifest is replaced.</summary>
    private sealed class KilledStore(IDatasetStore inner) : StoreDecorator(inner)
    {
        protected override ValueTask BeforeAsync(string operation, string path) =>
            operation == nameof(TryReplaceAsync) ? throw new IOException("killed") : ValueTask.CompletedTask;
    }
}
