using System.Runtime.CompilerServices;
using System.Xml;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Polly;
using Polly.Retry;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Lists blobs page by page; one page is in memory at a time.</summary>
internal static class BlobListing
{
    /// <summary>The most that the service gives in one page.</summary>
    private const int PageSize = 5000;

    /// <summary>The blobs below a folder, in the order of their names.</summary>
    /// <param name="container">The container.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="tries">How often a page that was cut off is asked for again, and after what waits.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The blobs, without those that only stand for folders and without unfinished ones.</returns>
    public static async IAsyncEnumerable<BlobItem> ReadAsync(BlobContainerClient container, BlobAddress folder, BlobOptions tries, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, States = BlobStates.None, Prefix = folder.Name.Length == 0 ? null : folder.Name + "/" };
        var whole = UntilWhole(tries, time);
        string? marker = null;
        do
        {
            var page = await ReadPageAsync(container, folder, options, marker, whole, cancellationToken).ConfigureAwait(false);
            foreach (var blob in page.Values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var size = blob.Properties.ContentLength;
                if (!BlobFolders.IsMark(blob.Metadata, size) && !BlobFolders.IsMark(blob.Name, size)) yield return blob;
            }

            marker = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(marker));
    }

    private static async Task<Page<BlobItem>> ReadPageAsync(BlobContainerClient container, BlobAddress folder, GetBlobsOptions options, string? marker, ResiliencePipeline whole, CancellationToken cancellationToken)
    {
        try
        {
            return await whole.ExecuteAsync(AskAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "listed", folder);
        }

        async ValueTask<Page<BlobItem>> AskAsync(CancellationToken stop)
        {
            var pages = container.GetBlobsAsync(options, stop).AsPages(marker, PageSize).GetAsyncEnumerator(stop);
            await using (pages.ConfigureAwait(false))
            {
                await pages.MoveNextAsync().ConfigureAwait(false);
                return pages.Current;
            }
        }
    }

    // A page that was cut off looks like an answer to the package, so it does not ask again. Everything else it has tried again itself.
    private static ResiliencePipeline UntilWhole(BlobOptions options, TimeProvider time) =>
        options.Retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<XmlException>(),
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
}
