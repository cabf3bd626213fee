namespace Curation.Pipeline.Sources;

/// <summary>A source's file on this silo; dispose it when the file is no longer read.</summary>
public sealed class SourceMediaFile : IAsyncDisposable
{
    private Func<ValueTask>? _leave;

    internal SourceMediaFile(string path, string? sha256, Func<ValueTask>? leave)
    {
        Path = path;
        Sha256 = sha256;
        _leave = leave;
    }

    /// <summary>Full path. It never travels to another silo.</summary>
    public string Path { get; }

    /// <summary>Digest of the content, where fetching it told; null for a file that lies where it always lay.</summary>
    public string? Sha256 { get; }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _leave, null)?.Invoke() ?? ValueTask.CompletedTask;
}
