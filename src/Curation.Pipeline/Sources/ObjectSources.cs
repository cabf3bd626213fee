using System.Runtime.CompilerServices;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Sources;

/// <summary>The stores of objects that this silo knows, with their faults told apart: what concerns one source, and what concerns them all.</summary>
/// <param name="stores">The stores.</param>
public sealed class ObjectSources(IEnumerable<IObjectSource> stores)
{
    private readonly IObjectSource[] _stores = [.. stores];

    /// <summary>Whether some store knows an address, by its scheme.</summary>
    /// <param name="address">An address.</param>
    /// <returns>True where the other members take it.</returns>
    public bool Knows(string address) => _stores.Any(store => store.Knows(address));

    /// <summary>Lists the objects below an address.</summary>
    /// <param name="address">A container, or a folder in it.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Sources in the order of their names, lazily.</returns>
    /// <exception cref="ArgumentException">The address is not well formed.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async IAsyncEnumerable<SourceItem> ListAsync(string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var objects = Of(address).ListAsync(address, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(address, async () => await objects.MoveNextAsync())) yield return ToItem(objects.Current);
    }

    /// <summary>Adds what the store says of an object to what a list says.</summary>
    /// <param name="item">A source that is an object.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The source with size and version, under the address that a listing would give it.</returns>
    /// <exception cref="SourceFailedException">There is no such object, or its address leads nowhere: one line of a list must not hold up the others.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<SourceItem> DescribeAsync(SourceItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);

        SourceObject found;
        try
        {
            found = await FindAsync(item.Uri, cancellationToken) ?? throw Failed("no such object");
        }
        catch (StoreUnavailableException trouble) when (trouble.InnerException is DatasetException { IsTransient: false } lasting)
        {
            throw Failed(lasting.Message, lasting);
        }

        return item with { Uri = found.Uri, SizeBytes = found.SizeBytes, ModifiedUtc = found.ModifiedUtc, ETag = found.ETag };
    }

    /// <summary>Copies an object into a file.</summary>
    /// <param name="item">A source that is an object, with its size and version.</param>
    /// <param name="file">Full path of the file.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>SHA-256 of its content.</returns>
    /// <exception cref="SourceFailedException">It is gone, or another one lies there now.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or the file not be written.</exception>
    public async Task<string> DownloadAsync(SourceItem item, string file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);

        var size = item.SizeBytes ?? throw new ArgumentException("A source is described before it is fetched.", nameof(item));
        try
        {
            return (await Of(item.Uri).DownloadAsync(item.Uri, item.ETag, file, size, null, cancellationToken)).Sha256;
        }
        catch (DatasetException fault) when (!fault.IsTransient)
        {
            // Is it this object, or the whole store? Whoever can still be asked about the object is well.
            var found = await FindAsync(item.Uri, cancellationToken);
            throw Failed(found is null ? "the object is gone" : found.ETag != item.ETag ? "the object changed after it was listed" : fault.Message, fault);
        }
        catch (Exception fault) when (PlaceTrouble.IsOfStore(fault))
        {
            throw PlaceTrouble.Explain(item.Uri, fault);
        }
    }

    private async Task<SourceObject?> FindAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            return await GuardAsync(uri, () => Of(uri).FindAsync(uri, cancellationToken));
        }
        catch (ArgumentException wrong)
        {
            throw Failed(SourceAddress.Reason(wrong), wrong);
        }
    }

    private IObjectSource Of(string address) =>
        Array.Find(_stores, store => store.Knows(address)) ?? throw new ArgumentException($"'{SourceAddress.WithoutSecrets(address)}' lies in no store that this program knows.", nameof(address));

    private static async Task<T> GuardAsync<T>(string address, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (PlaceTrouble.IsOfStore(fault))
        {
            throw PlaceTrouble.Explain(SourceAddress.WithoutSecrets(address), fault);
        }
    }

    private static SourceItem ToItem(SourceObject found) => new() { Uri = found.Uri, SizeBytes = found.SizeBytes, ModifiedUtc = found.ModifiedUtc, ETag = found.ETag };

    private static SourceFailedException Failed(string reason, Exception? cause = null) => new(new SourceFailure(MediaStage.Open, reason, Retry: true), cause);
}
