using Curation.Dashboard.Layout;

namespace Curation.Dashboard.Datasets;

/// <summary>The data set that one viewer looks at. Pages are made anew when it changes, so they need not listen.</summary>
/// <param name="catalog">All of them.</param>
/// <param name="viewer">What the browser said at the start.</param>
public sealed class DatasetSelection(DatasetCatalog catalog, ViewerState viewer)
{
    private string? _chosen;

    /// <summary>The chosen key; null for the first of the catalog.</summary>
    public string? Key => _chosen ?? viewer.Current.DatasetKey;

    /// <summary>Tells of a change.</summary>
    public event Action? Changed;

    /// <summary>The data sets to choose from.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>As the catalog has them.</returns>
    public Task<IReadOnlyList<KnownDataset>> ListAsync(CancellationToken cancellationToken = default) => catalog.ListAsync(cancellationToken);

    /// <summary>Opens the chosen data set; the first one where the chosen one is no longer there.</summary>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>Null where there is none, or none that has a snapshot.</returns>
    public async Task<OpenedDataset?> OpenAsync(CancellationToken cancellationToken = default)
    {
        var known = await catalog.ListAsync(cancellationToken).ConfigureAwait(false);
        return await catalog.OpenAsync(known.Any(one => one.Key == Key) ? Key : null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Chooses another one.</summary>
    /// <param name="key">Its key.</param>
    public void Choose(string key)
    {
        if (key == Key) return;

        _chosen = key;
        Changed?.Invoke();
    }
}
