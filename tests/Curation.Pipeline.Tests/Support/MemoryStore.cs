using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Curation.Dataset;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Tests.Support;

/// <summary>A data set in memory, as a stand-in for a store that is no folder, and that can be made to fail.</summary>
internal sealed class MemoryStore : IDatasetStore, IDatasetStoreProvider
{
    public const string Root = "mem://account/data";

    private Exception? _fault;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public string Address => Root;

    /// <summary>Thrown by every call from now on; null for none.</summary>
    public Exception? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    public int Asked { get; private set; }

    public IDatasetStore? TryOpen(string address) => address == Root ? this : address.Contains("://", StringComparison.Ordinal) ? null : new LocalDatasetStore(address);

    public ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        Check();
        return new(Objects.TryGetValue(path, out var content) ? new StoredObject(content, Tag(content)) : null);
    }

    public ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        Check();
        Objects[path] = content.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        Check();
        var current = Objects.TryGetValue(path, out var stored) ? Tag(stored) : null;
        if (current == expectedETag) Objects[path] = content.ToArray();
        return new(current == expectedETag);
    }

    public ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default)
    {
        Check();
        return new(new MemoryWrite(this, path));
    }

    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default)
    {
        Check();
        return new(Objects.TryGetValue(path, out var content) ? new MemoryStream(content, writable: false) : null);
    }

    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        Check();
        Asked++;
        return new(Objects.ContainsKey(path));
    }

    public async IAsyncEnumerable<StoredEntry> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var (path, content) in Objects.Where(pair => folder.Length == 0 || pair.Key.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            Check();
            yield return new StoredEntry(path, content.Length);
        }
    }

    public ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default)
    {
        Check();
        if (Objects.TryRemove(fromPath, out var content)) Objects[toPath] = content;
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        Check();
        Objects.TryRemove(path, out _);
        return ValueTask.CompletedTask;
    }

    private static string Tag(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Check()
    {
        if (Fault is { } fault) throw fault;
    }

    private sealed class MemoryWrite(MemoryStore store, string path) : StagedWrite
    {
        private readonly MemoryStream _content = new();

        public override Stream Stream => _content;

        public override ValueTask CommitAsync(CancellationToken cancellationToken = default) => store.PutAsync(path, _content.ToArray(), cancellationToken);

        public override ValueTask DisposeAsync() => _content.DisposeAsync();
    }
}
