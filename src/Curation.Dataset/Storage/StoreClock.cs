namespace Curation.Dataset.Storage;

/// <summary>What time it is where objects are dated. This machine's clock may be wrong, or the other one's.</summary>
public static class StoreClock
{
    private const string Folder = "_state/clock";

    /// <summary>Writes a small object and looks when that was.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops between the two.</param>
    /// <returns>The store's time; null where it does not date objects.</returns>
    public static async Task<DateTimeOffset?> ReadAsync(IDatasetStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        await store.PutAsync($"{Folder}/now", "now"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        DateTimeOffset? now = null;
        await foreach (var entry in store.ListAsync(Folder, cancellationToken).ConfigureAwait(false)) now = entry.ModifiedUtc ?? now;
        return now;
    }
}
