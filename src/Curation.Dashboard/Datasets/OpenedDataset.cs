using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dashboard.Datasets;

/// <summary>A data set as it stood when it was last looked at.</summary>
/// <param name="Known">Which.</param>
/// <param name="Store">Where it lies.</param>
/// <param name="Manifest">Its snapshot: a later one is another instance, so pages may keep what they computed by <see cref="SnapshotManifest.Id"/>.</param>
public sealed record OpenedDataset(KnownDataset Known, IDatasetStore Store, SnapshotManifest Manifest)
{
    /// <summary>Reads its rows.</summary>
    public SnapshotReader Reader { get; } = new(Store);
}
