using Curation.Dataset.Storage;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

[Collection(nameof(MeasuresMemory))]
public sealed class ObjectWalkMemoryTests
{
    [Fact]
    public async Task Million_objects_are_listed_in_bounded_memory()
    {
        const int Count = 1_000_000;
        var lister = new SourceLister { Objects = new ObjectSources([new EndlessObjects(Count)]) };
        var (seen, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var _ in lister.ListAsync(FakeObjects.Root, TestContext.Current.CancellationToken))
        {
            if (++seen % 100_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(Count, seen);

        // 32 bytes a source would be 32 MB.
        Assert.InRange(most, long.MinValue, 16L << 20);
    }

    private sealed class EndlessObjects(int count) : IObjectSource
    {
        public bool Knows(string address) => true;

        public async IAsyncEnumerable<SourceObject> ListAsync(string address, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < count; i++)
            {
                if (i % 5000 == 0) await Task.Yield();
                yield return new SourceObject($"{address}/{i:d8}.mp4", i + 1, FakeObjects.Written, "1");
            }
        }

        public Task<SourceObject?> FindAsync(string address, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<DownloadedObject> DownloadAsync(string address, string? eTag, string file, long maxBytes, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
