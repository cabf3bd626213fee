using System.Runtime.CompilerServices;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Storage;

/// <summary>A store whose own failures come as <see cref="StoreUnavailableException"/>, so that nobody takes them for a source's.</summary>
/// <param name="inner">The store.</param>
internal sealed class GuardedStore(IDatasetStore inner) : IDatasetStore
{
    /// <summary>The store itself.</summary>
    public IDatasetStore Inner => inner;

    public string Address => inner.Address;

    public string? FileOf(string path) => inner.FileOf(path);

    public ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.ReadAsync(path, cancellationToken));

    public ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.PutAsync(path, content, cancellationToken));

    public ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.TryReplaceAsync(path, content, expectedETag, cancellationToken));

    public async ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default) =>
        new GuardedWrite(await GuardAsync(() => inner.OpenWriteAsync(path, cancellationToken)), this);

    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.OpenReadAsync(path, cancellationToken));

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.ExistsAsync(path, cancellationToken));

    public async IAsyncEnumerable<StoredEntry> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var entries = inner.ListAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(entries.MoveNextAsync)) yield return entries.Current;
    }

    public ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.MoveAsync(fromPath, toPath, cancellationToken));

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default) =>
        GuardAsync(() => inner.DeleteAsync(path, cancellationToken));

    private async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (PlaceTrouble.IsOfStore(error))
        {
            throw PlaceTrouble.Explain(Address, error);
        }
    }

    private async ValueTask GuardAsync(Func<ValueTask> work) => await GuardAsync(async () =>
    {
        await work();
        return true;
    });

    private sealed class GuardedWrite(StagedWrite inner, GuardedStore store) : StagedWrite
    {
        public override Stream Stream => inner.Stream;

        public override ValueTask CommitAsync(CancellationToken cancellationToken = default) => store.GuardAsync(() => inner.CommitAsync(cancellationToken));

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
