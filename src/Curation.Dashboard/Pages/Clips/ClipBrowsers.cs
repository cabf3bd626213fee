using Curation.Dashboard.Datasets;
using Curation.Dataset.Browsing;
using Curation.Dataset.Queries;
using Curation.Pipeline.Scratch;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>A browser for each data set that is looked at, of its current snapshot. One that is no longer needed goes a while later, when the last question to it has been answered.</summary>
/// <param name="scratch">Where their files lie.</param>
/// <param name="time">Clock of the while.</param>
internal sealed class ClipBrowsers(ScratchSpace scratch, TimeProvider time) : IAsyncDisposable
{
    private const int MostOpen = 4;

    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<(string Dataset, string Snapshot, Task<ClipBrowser> Browser)> _open = [];
    private readonly HashSet<Task<ClipBrowser>> _retired = [];

    /// <summary>The browser of a data set as it stands. The first who asks waits while its columns are read.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Task<ClipBrowser> OfAsync(OpenedDataset dataset, CancellationToken cancellationToken = default)
    {
        Task<ClipBrowser> browser;
        lock (_lock)
        {
            var at = _open.FindIndex(open => open.Dataset == dataset.Known.Key && open.Snapshot == dataset.Manifest.Id && !open.Browser.IsFaulted);
            browser = at >= 0 ? _open[at].Browser : Task.Run(() => ClipBrowser.OpenAsync(dataset.Store, dataset.Manifest, new QueryOptions { SpillFolder = scratch.Prepare() }));
            if (at >= 0) _open.RemoveAt(at);
            _open.Add((dataset.Known.Key, dataset.Manifest.Id, browser));

            // An older snapshot of the same data set, and what nobody asked for longest.
            foreach (var old in _open.Where((open, index) => open.Browser != browser && (open.Dataset == dataset.Known.Key || index < _open.Count - MostOpen)).ToList())
            {
                _open.Remove(old);
                _retired.Add(old.Browser);
                _ = RetireAsync(old.Browser);
            }
        }

        return browser.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        List<Task<ClipBrowser>> all;
        lock (_lock)
        {
            all = [.. _open.Select(open => open.Browser), .. _retired];
            _open.Clear();
            _retired.Clear();
        }

        foreach (var browser in all) await CloseAsync(browser);
    }

    private async Task RetireAsync(Task<ClipBrowser> browser)
    {
        await Task.Delay(Grace, time);
        lock (_lock)
        {
            if (!_retired.Remove(browser)) return;
        }

        await CloseAsync(browser);
    }

    private static async Task CloseAsync(Task<ClipBrowser> browser)
    {
        await ((Task)browser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (browser.IsCompletedSuccessfully) await (await browser).DisposeAsync();
    }
}
