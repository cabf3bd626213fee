using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>A data set in a folder of its own, with small shards so that there are several.</summary>
internal sealed class SampleDataset : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SampleDataset(SnapshotOptions? options = null)
    {
        Options = options ?? new SnapshotOptions { RowGroupRows = 3, MinShardRows = 5, MaxShardRows = 10 };
        Store = new LocalDatasetStore(_folder.Path);
        Fragments = new FragmentStore(Store);
        Reader = new SnapshotReader(Store);
    }

    public FixedTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SnapshotOptions Options { get; }

    public string Path => _folder.Path;

    public LocalDatasetStore Store { get; }

    public FragmentStore Fragments { get; }

    public SnapshotReader Reader { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SnapshotWriter WriterOn(IDatasetStore store) => new(store, new FragmentStore(store), Time, Options);

    public Task<CommitResult> CommitAsync() => WriterOn(Store).CommitAsync(SampleOutcomes.Context, Cancel);

    public async Task AddAsync(params SourceOutcome[] outcomes)
    {
        foreach (var outcome in outcomes) await Fragments.SaveAsync(outcome, 1000, 42, Cancel);
    }

    public async Task<List<ClipRecord>> ReadClipsAsync(SnapshotManifest manifest, ClipOutcome? outcome = null)
    {
        var clips = new List<ClipRecord>();
        await foreach (var clip in Reader.ReadClipsAsync(manifest, outcome, Cancel)) clips.Add(clip);
        return clips;
    }

    public IReadOnlyList<string> ParquetFiles() =>
        [.. _folder.Glob("*.parquet").Select(path => path.Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
