using System.Runtime.CompilerServices;
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
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The blobs, without those that only stand for folders and without unfinished ones.</returns>
    public static async IAsyncEnumerable<BlobItem> ReadAsync(BlobContainerClient container, BlobAddress folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata, States = BlobStates.None, Prefix = folder.Name.Length == 0 ? null : folder.Name + "/" };
        var pages = container.GetBlobsAsync(options, cancellationToken).AsPages(pageSizeHint: PageSize).GetAsyncEnumerator(cancellationToken);
        await using (pages.ConfigureAwait(false))
        {
            while (await MoveAsync(pages, folder, cancellationToken).ConfigureAwait(false))
            {
                foreach (var blob in pages.Current.Values)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var size = blob.Properties.ContentLength;
                    if (!BlobFolders.IsMark(blob.Metadata, size) && !BlobFolders.IsMark(blob.Name, size)) yield return blob;
                }
            }
        }
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> pages, BlobAddress folder, CancellationToken cancellationToken)
    {
        try
        {
            return await pages.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "listed", folder);
        }
    }
}
