using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Tests.Support;

/// <summary>Objects in memory under <c>mem://</c>, with faults.</summary>
internal sealed class FakeObjects : IObjectSource
{
    public const string Root = "mem://account/videos";

    public static readonly DateTimeOffset Written = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    /// <summary>Content and version, by the rest of the address.</summary>
    public SortedDictionary<string, (byte[] Content, string ETag)> Objects { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Downloads { get; } = [];

    public ConcurrentQueue<string> Looks { get; } = [];

    /// <summary>Thrown by every download; null for none.</summary>
    public Exception? DownloadFault { get; set; }

    /// <summary>Thrown by every look and every listing; null for none.</summary>
    public Exception? LookFault { get; set; }

    /// <summary>Set, and downloads wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public static string At(string name) => $"{Root}/{name}";

    public void Put(string name, byte[] content, string eTag = "1") => Objects[At(name)] = (content, eTag);

    public bool Knows(string address) => address.StartsWith("mem://", StringComparison.Ordinal);

    public async IAsyncEnumerable<SourceObject> ListAsync(string address, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (LookFault is { } fault) throw fault;
        foreach (var uri in Objects.Keys.Where(uri => uri.StartsWith(address.TrimEnd('/') + "/", StringComparison.Ordinal))) yield return Describe(uri);
    }

    public Task<SourceObject?> FindAsync(string address, CancellationToken cancellationToken = default)
    {
        Looks.Enqueue(address);
        if (LookFault is { } fault) return Task.FromException<SourceObject?>(fault);
        return Task.FromResult(Objects.ContainsKey(address) ? Describe(address) : null);
    }

    public async Task<DownloadedObject> DownloadAsync(string address, string? eTag, string file, long maxBytes, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        Downloads.Enqueue(address);
        if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
        if (DownloadFault is { } fault) throw fault;
        if (!Objects.TryGetValue(address, out var stored) || stored.ETag != eTag) throw new DatasetException($"{address} is gone or has changed");
        if (stored.Content.Length > maxBytes) throw new DatasetException($"{address} takes {stored.Content.Length} bytes, more than {maxBytes}");

        await File.WriteAllBytesAsync(file, stored.Content, cancellationToken);
        return new DownloadedObject(Convert.ToHexStringLower(SHA256.HashData(stored.Content)), stored.Content.Length, stored.ETag);
    }

    private SourceObject Describe(string uri) => new(uri, Objects[uri].Content.Length, Written, Objects[uri].ETag);
}
