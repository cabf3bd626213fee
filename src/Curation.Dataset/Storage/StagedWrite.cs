namespace Curation.Dataset.Storage;

/// <summary>An object being written. Readers see it whole after <see cref="CommitAsync"/>, and never where it is disposed before.</summary>
public abstract class StagedWrite : IAsyncDisposable
{
    /// <summary>Where the bytes go; owned by this object.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Makes the object visible under its path, replacing what was there.</summary>
    /// <param name="cancellationToken">Stops before the object is visible.</param>
    /// <returns>Completes when the object is durable.</returns>
    public abstract ValueTask CommitAsync(CancellationToken cancellationToken = default);

    /// <summary>Throws away what was not committed.</summary>
    /// <returns>Completes when it is gone.</returns>
    public abstract ValueTask DisposeAsync();
}
