using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>A data set below a prefix of a container of Azure Blob Storage.</summary>
/// <remarks>
/// A blob appears whole: small ones by one put, others by committing blocks that nobody saw before. Versions are the
/// store's ETags, so that of several writers of one version exactly one wins, on any number of machines.
/// </remarks>
public sealed class BlobDatasetStore : IDatasetStore
{
    // Tells whose write it was where the answer was lost and the repeated request found the blob already there.
    private const string WriteMark = "curationwrite";

    /// <summary>What is read into memory as a small object; uncalibrated, far above any manifest or fragment.</summary>
    private const long SmallBytes = 1L << 29;

    private readonly BlobAddress _address;
    private readonly BlobContainerClient _container;
    private readonly BlobOptions _options;
    private readonly TimeProvider _time;
    private bool _containerIsThere;

    /// <summary>Opens an address; nothing is sent yet.</summary>
    /// <param name="address">The container, or a folder in it.</param>
    /// <param name="accounts">How the account is reached.</param>
    /// <param name="time">Clock of the waits between tries.</param>
    /// <exception cref="ArgumentException">The address cannot hold a data set, or the account is not configured well.</exception>
    public BlobDatasetStore(BlobAddress address, BlobAccounts accounts, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(accounts);
        if (address.Name.Length > 0) DatasetPath.Check(address.Name);
        _address = address;
        _container = accounts.Open(address);
        _options = accounts.Options;
        _containerIsThere = !_options.CreateContainers;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc />
    public string Address => _address.ToString();

    /// <inheritdoc />
    public async ValueTask<StoredObject?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        await BlobVersion.ReadWholeAsync(_container, Locate(path), SmallBytes, _options, _time, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask PutAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var address = Locate(path);
        await DoAsync("written", address, () => _container.GetBlobClient(address.Name).UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions(), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<bool> TryReplaceAsync(string path, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellationToken = default)
    {
        var address = Locate(path);
        var blob = _container.GetBlobClient(address.Name);
        var mark = Guid.NewGuid().ToString("N");
        var options = new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string> { [WriteMark] = mark },
            Conditions = expectedETag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = BlobTag.Read(expectedETag) },
        };

        return await DoAsync("written", address, UploadAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> UploadAsync()
        {
            try
            {
                await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException error) when (BlobFailure.IsConflict(error) || BlobFailure.IsAbsent(error))
            {
                return await HasMarkAsync(blob, mark, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask<StagedWrite> OpenWriteAsync(string path, CancellationToken cancellationToken = default)
    {
        var address = Locate(path);
        return await DoAsync("written", address, () => Task.FromResult(new BlobStagedWrite(_container.GetBlockBlobClient(address.Name), address)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken = default) =>
        await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } version ? new BlobReadStream(version) : null;

    /// <inheritdoc />
    public async ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
        await FindAsync(path, cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredEntry> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var start = _address.Name.Length == 0 ? 0 : _address.Name.Length + 1;
        await foreach (var blob in BlobListing.ReadAsync(_container, folder.Length == 0 ? _address : Locate(folder), _options, _time, cancellationToken).ConfigureAwait(false))
        {
            // Blobs of others whose names are no paths of a data set cannot be asked for either.
            if (DatasetPath.IsInside(blob.Name[start..])) yield return new StoredEntry(blob.Name[start..], blob.Properties.ContentLength ?? 0) { ModifiedUtc = blob.Properties.LastModified };
        }
    }

    /// <inheritdoc />
    public async ValueTask MoveAsync(string fromPath, string toPath, CancellationToken cancellationToken = default)
    {
        var (from, to) = (Locate(fromPath), Locate(toPath));
        if (from == to || await FindAsync(fromPath, cancellationToken).ConfigureAwait(false) is not { } version) return;

        await DoAsync("moved", from, CopyAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> CopyAsync()
        {
            try
            {
                await new BlobMove(_container.GetBlobClient(from.Name), _container.GetBlobClient(to.Name), _time).RunAsync(version.ETag, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException error) when (error.Status is 404 or 412 && !BlobFailure.IsContainerAbsent(error))
            {
                // Gone is what was wanted: by an earlier try whose answer was lost, or by somebody else.
                if (await FindAsync(fromPath, cancellationToken).ConfigureAwait(false) is not null) throw;

                return false;
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        var address = Locate(path);
        await DoAsync("deleted", address, () => _container.GetBlobClient(address.Name).DeleteIfExistsAsync(cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> HasMarkAsync(BlobClient blob, string mark, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return properties.Value.Metadata.TryGetValue(WriteMark, out var found) && found == mark;
        }
        catch (RequestFailedException error) when (BlobFailure.IsAbsent(error))
        {
            return false;
        }
    }

    private BlobAddress Locate(string path) =>
        _address.At(_address.Name.Length == 0 ? DatasetPath.Check(path) : $"{_address.Name}/{DatasetPath.Check(path)}");

    private Task<BlobVersion?> FindAsync(string path, CancellationToken cancellationToken) =>
        BlobVersion.FindAsync(_container, Locate(path), _options, _time, cancellationToken);

    private async Task<T> DoAsync<T>(string deed, BlobAddress where, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (!_containerIsThere) await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);

            _containerIsThere = true;

            return await act().ConfigureAwait(false);
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, deed, where);
        }
    }
}
