using Curation.Clips;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Security;
using Curation.Dataset.Browsing;
using Curation.Pipeline.Labelling;

namespace Curation.Dashboard.Pages.Labels;

/// <summary>Hands out clips to label, in a random order that nobody's label changes, and writes labels down.</summary>
/// <param name="browsers">The clips.</param>
/// <param name="time">Clock of labels.</param>
/// <param name="audit">Told of every change.</param>
internal sealed class LabelDesk(ClipBrowsers browsers, TimeProvider time, AuditLog audit)
{
    /// <summary>The next clips that have no label.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="wanted">Which clips; their order is random by its seed.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Where labelling stands.</returns>
    /// <exception cref="IOException">The data set or its labels cannot be read.</exception>
    public async Task<LabelQueue> NextAsync(OpenedDataset dataset, ClipSearch wanted, int most, CancellationToken cancellationToken = default)
    {
        var browser = await browsers.OfAsync(dataset, cancellationToken);
        var labels = await new LabelBook(dataset.Store).ReadAsync(cancellationToken);
        var all = await browser.SearchAsync(wanted with { Sort = ClipSearch.RandomOrder, Offset = 0, Limit = 1 }, cancellationToken);
        var open = await browser.SearchAsync(wanted with { Sort = ClipSearch.RandomOrder, Offset = 0, Limit = most, Except = [.. labels.Select(label => label.Id.Value)] }, cancellationToken);
        return new LabelQueue(open.Clips, open.Total, all.Total, labels);
    }

    /// <summary>Writes a label down.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="id">The clip.</param>
    /// <param name="keep">Whether it belongs into a data set.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <returns>The label; null where the snapshot has no such clip.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task<ClipLabel?> SetAsync(OpenedDataset dataset, ClipId id, bool keep, Actor by, CancellationToken cancellationToken = default)
    {
        if (!await IsThereAsync(dataset, id, cancellationToken)) return null;

        var label = new ClipLabel(id, keep, time.GetUtcNow(), by.Name);
        await new LabelBook(dataset.Store).SetAsync(label, cancellationToken);
        audit.Changed(by, keep ? "label.keep" : "label.drop", $"{id} of {dataset.Known.Address}");
        return label;
    }

    /// <summary>Takes back what was said of a clip.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="id">The clip.</param>
    /// <param name="by">Who does so.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task RemoveAsync(OpenedDataset dataset, ClipId id, Actor by, CancellationToken cancellationToken = default)
    {
        await new LabelBook(dataset.Store).RemoveAsync(id, cancellationToken);
        audit.Changed(by, "label.undo", $"{id} of {dataset.Known.Address}");
    }

    /// <summary>The labels of clips that the snapshot has, which is what calibration takes.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The labels, and how many more there are of clips that are gone.</returns>
    public async Task<(IReadOnlyList<ClipLabel> Labels, int Gone)> ReadAsync(OpenedDataset dataset, CancellationToken cancellationToken = default)
    {
        var labels = await new LabelBook(dataset.Store).ReadAsync(cancellationToken);
        var browser = await browsers.OfAsync(dataset, cancellationToken);
        var known = await browser.FindKnownAsync([.. labels.Select(label => label.Id)], cancellationToken);
        return ([.. labels.Where(label => known.Contains(label.Id))], labels.Count - known.Count);
    }

    private async Task<bool> IsThereAsync(OpenedDataset dataset, ClipId id, CancellationToken cancellationToken)
    {
        var browser = await browsers.OfAsync(dataset, cancellationToken);
        return (await browser.FindKnownAsync([id], cancellationToken)).Count == 1;
    }
}
