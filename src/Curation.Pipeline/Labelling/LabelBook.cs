using System.Text;
using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Pipeline.Labelling;

/// <summary>The labels that people gave to the clips of a data set: <c>labels.csv</c> beside <c>dataset.json</c>, replaced whole with every label, so that several people may label at once.</summary>
/// <param name="store">The data set.</param>
public sealed class LabelBook(IDatasetStore store)
{
    /// <summary>Path in the data set.</summary>
    public const string Path = "labels.csv";

    private const int Tries = 50;

    /// <summary>Where the labels lie, for people.</summary>
    public string Place => store.FileOf(Path) ?? $"{store.Address.TrimEnd('/')}/{Path}";

    /// <summary>Reads all labels.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>One a clip, the last one said last.</returns>
    /// <exception cref="DatasetException">The file is not one of labels.</exception>
    public async Task<IReadOnlyList<ClipLabel>> ReadAsync(CancellationToken cancellationToken = default) => (await LoadAsync(cancellationToken)).Labels;

    /// <summary>Writes down a label; it replaces what was said of the clip before.</summary>
    /// <param name="label">The label.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <returns>All labels, this one last.</returns>
    /// <exception cref="DatasetException">It could not be written, or the file is not one of labels.</exception>
    public Task<IReadOnlyList<ClipLabel>> SetAsync(ClipLabel label, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(label);
        return ChangeAsync(labels => [.. labels.Where(other => other.Id != label.Id), label], cancellationToken);
    }

    /// <summary>Takes back what was said of a clip. Does nothing where nothing was.</summary>
    /// <param name="id">The clip.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <returns>All other labels.</returns>
    /// <exception cref="DatasetException">It could not be written, or the file is not one of labels.</exception>
    public Task<IReadOnlyList<ClipLabel>> RemoveAsync(ClipId id, CancellationToken cancellationToken = default) =>
        ChangeAsync(labels => [.. labels.Where(other => other.Id != id)], cancellationToken);

    private async Task<IReadOnlyList<ClipLabel>> ChangeAsync(Func<IReadOnlyList<ClipLabel>, IReadOnlyList<ClipLabel>> change, CancellationToken cancellationToken)
    {
        for (var left = Tries; left > 0; left--)
        {
            var (labels, version) = await LoadAsync(cancellationToken);
            var changed = change(labels);
            if (await store.TryReplaceAsync(Path, Encoding.UTF8.GetBytes(LabelCsv.Write(changed)), version, cancellationToken)) return changed;
        }

        throw new DatasetException($"{Place} was changed by others {Tries} times while a label was written. The label was not written; try again.");
    }

    private async Task<(IReadOnlyList<ClipLabel> Labels, string? Version)> LoadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(Path, cancellationToken) is { } stored
            ? (LabelCsv.Read(Encoding.UTF8.GetString(stored.Content.Span).TrimStart('\uFEFF'), Place), stored.ETag)
            : ([], null);
}
