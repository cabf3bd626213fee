using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>Passes everything on, and asks before every change.</summary>
internal abstract class StoreDecorator(IDatasetStore inner) : IDatasetStore
{
    public string Address => inner.Address;

    public virtual ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default) => inner.ReadAsync(path, cancellationToken);

    public async ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(nameof(PutAsync), path);
        await inner.PutAsync(path, content, cancellationToken);
    }

    public async ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(nameof(TryReplaceAsync), path);
        if (!await inner.TryReplaceAsync(path, content, expectedETag, cancellationToken)) return false;

        await ReplacedAsync();
        return true;
    }

    public async ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(nameof(OpenWriteAsync), path);
        return new Staged(this, path, await inner.OpenWriteAsync(path, cancellationToken));
    }

    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default) => inner.OpenReadAsync(path, cancellationToken);

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) => inner.ExistsAsync(path, cancellationToken);

    public IAsyncEnumerable<StoredEntry> ListAsync(string folder, CancellationToken cancellationToken = default) => inner.ListAsync(folder, cancellationToken);

    public async ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(nameof(MoveAsync), fromPath);
        await inner.MoveAsync(fromPath, toPath, cancellationToken);
    }

    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        await BeforeAsync(nameof(DeleteAsync), path);
        await inner.DeleteAsync(path, cancellationToken);
    }

    protected abstract ValueTask BeforeAsync(string operation, string path);

    protected virtual ValueTask ReplacedAsync() => ValueTask.CompletedTask;

    private sealed class Staged(StoreDecorator owner, string path, StagedWrite write) : StagedWrite
    {
        public override Stream Stream => write.Stream;

        public override async ValueTask CommitAsync(CancellationToken cancellationToken = default)
        {
            await owner.BeforeAsync(nameof(CommitAsync), path);
            await write.CommitAsync(cancellationToken);
        }

        public override ValueTask DisposeAsync() => write.DisposeAsync();
    }
}
