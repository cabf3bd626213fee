using Curation.Dashboard.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Curation.Dashboard.Datasets;

/// <summary>The data set that one viewer looks at. Pages are made anew when it changes, so they need not listen.</summary>
/// <param name="catalog">All of them.</param>
/// <param name="viewer">What the browser said at the start.</param>
/// <param name="navigation">Its address, which may name a data set: a link that somebody shares shows the same one.</param>
public sealed class DatasetSelection(DatasetCatalog catalog, ViewerState viewer, NavigationManager navigation)
{
    /// <summary>The part of an address that names a data set.</summary>
    public const string Parameter = "dataset";

    private string? _chosen;

    /// <summary>The chosen key; null for the first of the catalog.</summary>
    public string? Key => InAddress ?? _chosen ?? viewer.Current.DatasetKey;

    private string? InAddress => QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(navigation.Uri).Query).TryGetValue(Parameter, out var key) && key.ToString() is { Length: > 0 } named ? named : null;

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
        if (InAddress is not null) navigation.NavigateTo(navigation.GetUriWithQueryParameter(Parameter, (string?)null));
        Changed?.Invoke();
    }
}
