using System.Runtime.CompilerServices;
using System.Xml;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Lists blobs page by page; one page is in memory at a time.</summary>
internal static class BlobListing
{
    /// <summary>The most that the service gives in one page.</summary>
    private const int PageSize = 5000;

    /// <summary>The blobs below a folder, in the order of their names.</summary>
    /// <param name="container">The container.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="retries">How often a page that was cut off is asked for again.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The blobs, without those that only stand for folders and without unfinished ones.</returns>
    public static async IAsyncEnumerable<BlobItem> ReadAsync(BlobContainerClient container, BlobAddress folder, int retries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, States = BlobStates.None, Prefix = folder.Name.Length == 0 ? null : folder.Name + "/" };
        string? marker = null;
        do
        {
            var page = await ReadPageAsync(container, folder, options, marker, retries, cancellationToken).ConfigureAwait(false);
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

    private static async Task<Page<BlobItem>> ReadPageAsync(BlobContainerClient container, BlobAddress folder, GetBlobsOptions options, string? marker, int retries, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var pages = container.GetBlobsAsync(options, cancellationToken).AsPages(marker, PageSize).GetAsyncEnumerator(cancellationToken);
                await using (pages.ConfigureAwait(false))
                {
                    await pages.MoveNextAsync().ConfigureAwait(false);
                    return pages.Current;
                }
            }
            catch (XmlException) when (attempt < retries)
            {
                // A page that was cut off looks like an answer to the package, so it does not ask again.
            }
            catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
            {
                throw BlobFailure.Explain(error, "listed", folder);
            }
        }
    }
}
