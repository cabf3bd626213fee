using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Sources in Azure Blob Storage: <c>azblob://ACCOUNT/CONTAINER/PREFIX</c>.</summary>
/// <param name="accounts">How accounts are reached.</param>
/// <param name="time">Clock of the waits between tries.</param>
public sealed class BlobObjectSource(BlobAccounts accounts, TimeProvider? time = null) : IObjectSource
{
    private const int RangeBytes = 8 * 1024 * 1024;

    // COR_E_IO: where the size of a file cannot be taken at once, .NET leaves the system's own number out. Every other fault of a file has one.
    private const int NotTaken = unchecked((int)0x80131620);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc />
    public bool Knows(string address) => BlobAddress.IsMeant(address);

    /// <inheritdoc />
    public IAsyncEnumerable<SourceObject> ListAsync(string address, CancellationToken cancellationToken = default) =>
        ListAsync(BlobAddress.Parse(address), cancellationToken);

    /// <inheritdoc />
    public async Task<SourceObject?> FindAsync(string address, CancellationToken cancellationToken = default)
    {
        var blob = BlobAddress.Parse(address);
        return await FindAsync(blob, cancellationToken).ConfigureAwait(false) is { } version
            ? new SourceObject(blob.ToString(), version.Length, version.ModifiedUtc, BlobTag.Text(version.ETag))
            : null;
    }

    /// <inheritdoc />
    public async Task<DownloadedObject> DownloadAsync(string address, string? eTag, string file, long maxBytes, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        var blob = BlobAddress.Parse(address);
        var version = await FindAsync(blob, cancellationToken).ConfigureAwait(false) ?? throw new DatasetException($"{blob} is not there any more.");
        if (eTag is not null && BlobTag.Text(version.ETag) != eTag.Trim('"')) throw new DatasetException($"{blob} was changed since it was listed. Nothing was read; run again to take the new version.");
        if (version.Length > maxBytes) throw new DatasetException($"{blob} has {version.Length} bytes, more than the {maxBytes} that a source may have. Nothing was read.");

        var complete = false;
        try
        {
            var sha256 = await CopyAsync(version, file, progress, cancellationToken).ConfigureAwait(false);
            complete = true;
            return new DownloadedObject(sha256, version.Length, BlobTag.Text(version.ETag));
        }
        catch (IOException error) when (error is not DatasetException)
        {
            throw StorageFailure.IsDiskFull(error) || error.HResult == NotTaken
                ? new DatasetException($"The disk is full: {blob} ({version.Length} bytes) was not copied to {file}. Free some space, or give the scratch folder another disk.", error) { IsTransient = true }
                : new DatasetException($"{blob} was not copied to {file}: {error.Message}", error);
        }
        finally
        {
            if (!complete) File.Delete(file);
        }
    }

    private static async Task<string> CopyAsync(BlobVersion version, string file, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Without a buffer of its own: ranges are large. With its size taken at once, so that a full disk shows before the download.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, PreallocationSize = version.Length, Options = FileOptions.Asynchronous };
        var output = new FileStream(file, options);
        await using (output.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[(int)Math.Min(RangeBytes, version.Length)];
            for (var offset = 0L; offset < version.Length; offset += buffer.Length)
            {
                var range = buffer.AsMemory(0, (int)Math.Min(buffer.Length, version.Length - offset));
                await version.ReadAsync(offset, range, cancellationToken).ConfigureAwait(false);
                hash.AppendData(range.Span);
                await output.WriteAsync(range, cancellationToken).ConfigureAwait(false);
                progress?.Report(offset + range.Length);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    private async IAsyncEnumerable<SourceObject> ListAsync(BlobAddress folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in BlobListing.ReadAsync(accounts.Open(folder), folder, accounts.Options, _time, cancellationToken).ConfigureAwait(false))
        {
            var properties = blob.Properties;
            yield return new SourceObject(folder.At(blob.Name).ToString(), properties.ContentLength ?? 0, properties.LastModified, properties.ETag is { } tag ? BlobTag.Text(tag) : "");
        }
    }

    private async Task<BlobVersion?> FindAsync(BlobAddress blob, CancellationToken cancellationToken) =>
        blob.Name.Length == 0 ? null : await BlobVersion.FindAsync(accounts.Open(blob), blob, accounts.Options, _time, cancellationToken).ConfigureAwait(false);
}
