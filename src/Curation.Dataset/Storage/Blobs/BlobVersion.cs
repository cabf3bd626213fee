using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>One version of one blob, read by ranges. A range of another version is never returned.</summary>
/// <remarks>The package repeats requests that fail; a body that breaks off is asked for again here, from where it stopped, with a wait, and without a limit as long as it gets ahead.</remarks>
internal sealed class BlobVersion
{
    private readonly BlobClient _blob;
    private readonly BlobAddress _address;
    private readonly BlobOptions _options;
    private readonly TimeProvider _time;

    private BlobVersion(BlobClient blob, BlobAddress address, BlobOptions options, TimeProvider time, ResponseHeaders headers, ETag eTag, DateTimeOffset modifiedUtc)
    {
        _blob = blob;
        _address = address;
        _options = options;
        _time = time;

        // An answer that something in between stripped of these must not pass for an empty blob.
        if (!headers.TryGetValue("Content-Length", out var length) || headers.ETag is null) throw new DatasetException($"{address} was not read: the store's answer has no length or no version. Look at what stands between here and the store.") { IsTransient = true };

        Length = long.Parse(length, CultureInfo.InvariantCulture);
        ETag = eTag;
        ModifiedUtc = modifiedUtc;
    }

    /// <summary>Its size in bytes.</summary>
    public long Length { get; }

    /// <summary>Its version.</summary>
    public ETag ETag { get; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset ModifiedUtc { get; }

    /// <summary>Looks at the version that is there now.</summary>
    /// <param name="container">The container.</param>
    /// <param name="address">The blob.</param>
    /// <param name="options">How often to try.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>Null where there is no such blob, or it only stands for a folder.</returns>
    public static async Task<BlobVersion?> FindAsync(BlobContainerClient container, BlobAddress address, BlobOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(address.Name);
        try
        {
            var answer = await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var version = new BlobVersion(blob, address, options, time, answer.GetRawResponse().Headers, answer.Value.ETag, answer.Value.LastModified);
            return BlobFolders.IsMark(answer.Value.Metadata, version.Length) ? null : version;
        }
        catch (RequestFailedException error) when (BlobFailure.IsAbsent(error))
        {
            return null;
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "read", address);
        }
    }

    /// <summary>Reads the version that is there now whole; one request where nothing fails.</summary>
    /// <param name="container">The container.</param>
    /// <param name="address">The blob.</param>
    /// <param name="maxBytes">The largest size that is read.</param>
    /// <param name="options">How often to try.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Null where there is no such blob, or it only stands for a folder.</returns>
    public static async Task<StoredObject?> ReadWholeAsync(BlobContainerClient container, BlobAddress address, long maxBytes, BlobOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(address.Name);
        try
        {
            var answer = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var body = answer.Value.Content;
            await using (body.ConfigureAwait(false))
            {
                var version = new BlobVersion(blob, address, options, time, answer.GetRawResponse().Headers, answer.Value.Details.ETag, answer.Value.Details.LastModified);
                if (BlobFolders.IsMark(answer.Value.Details.Metadata, version.Length)) return null;
                if (version.Length > maxBytes) throw new DatasetException($"{address} was not read: it has {version.Length} bytes, more than the {maxBytes} that are taken for a small object.");

                var content = new byte[version.Length];
                var (got, _) = await FillAsync(body, content, cancellationToken).ConfigureAwait(false);
                await version.ReadAsync(got, content.AsMemory(got), cancellationToken).ConfigureAwait(false);
                return new StoredObject(content, BlobTag.Text(version.ETag));
            }
        }
        catch (RequestFailedException error) when (BlobFailure.IsAbsent(error))
        {
            return null;
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "read", address);
        }
    }

    /// <summary>Fills a buffer.</summary>
    /// <param name="offset">Where the range starts.</param>
    /// <param name="buffer">What is filled; the range must not go past the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Completes when the buffer is full.</returns>
    /// <exception cref="DatasetException">The blob has changed or is gone, or the store does not answer.</exception>
    public async Task ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // No repetition of a call, which the package does already: each turn asks for the rest of what the last one left. Only failures in a
        // row that brought nothing count against the limit, so that a long blob over a bad line comes to its end.
        var failures = 0;
        while (!buffer.IsEmpty)
        {
            var body = await OpenAsync(offset, buffer.Length, cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                var (got, failure) = await FillAsync(body, buffer, cancellationToken).ConfigureAwait(false);
                offset += got;
                buffer = buffer[got..];
                if (failure is null) continue;

                failures = got > 0 ? 1 : failures + 1;
                if (failures > _options.Retries || IsFinal(failure)) throw Explain(failure);
            }

            await Task.Delay(Wait(failures), _time, cancellationToken).ConfigureAwait(false);
            RetryMetrics.ReadGoesOn();
        }
    }

    private static async Task<(int Got, Exception? Failure)> FillAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var got = 0;
        try
        {
            while (got < buffer.Length)
            {
                var read = await body.ReadAsync(buffer[got..], cancellationToken).ConfigureAwait(false);
                if (read == 0) return (got, new EndOfStreamException("the answer was shorter than announced"));

                got += read;
            }

            return (got, null);
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            return (got, error);
        }
    }

    private static bool IsFinal(Exception error) =>
        error is RequestFailedException answer ? answer.Status is > 0 and < 500 and not 429 : error is AggregateException many && many.InnerExceptions.Any(IsFinal);

    private async Task<Stream> OpenAsync(long offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, count), Conditions = new BlobRequestConditions { IfMatch = ETag } };
            var answer = (await _blob.DownloadStreamingAsync(options, cancellationToken).ConfigureAwait(false)).Value;
            if (IsAsked(answer.Details, offset)) return answer.Content;

            await answer.Content.DisposeAsync().ConfigureAwait(false);
            throw new DatasetException($"{_address} was not read: the store answered with other bytes ({answer.Details.ContentRange}) than those from {offset} on of {Length}. Something between here and the store does not understand ranges.");
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw Explain(error);
        }
    }

    // A store behind a broken proxy answers with the whole blob, or with another one.
    private bool IsAsked(BlobDownloadDetails details, long offset) =>
        BlobTag.Text(details.ETag) == BlobTag.Text(ETag) && (details.ContentRange is { Length: > 0 } range
            ? range.StartsWith(string.Create(null, $"bytes {offset}-"), StringComparison.OrdinalIgnoreCase) && range.EndsWith(string.Create(null, $"/{Length}"), StringComparison.Ordinal)
            : offset == 0);

    private DatasetException Explain(Exception error) =>
        error is RequestFailedException answer && BlobFailure.IsConflict(answer)
            ? new DatasetException($"{_address} was changed or deleted while it was read ({answer.Status} {answer.ErrorCode}). Nothing of the two versions was mixed; run again to take the new one.")
            : BlobFailure.Explain(error, "read to the end", _address);

    private TimeSpan Wait(int failures)
    {
        var wait = _options.RetryDelay * Math.Pow(2, failures - 1);
        return wait < _options.MaxRetryDelay ? wait : _options.MaxRetryDelay;
    }
}
