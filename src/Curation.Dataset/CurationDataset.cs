using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset;

/// <summary>An opened data set: everything one does with it.</summary>
/// <param name="Store">Where it lies.</param>
/// <param name="Fragments">Outcomes of sources.</param>
/// <param name="Writer">Commits snapshots.</param>
/// <param name="Reader">Reads snapshots.</param>
public sealed record CurationDataset(IDatasetStore Store, FragmentStore Fragments, SnapshotWriter Writer, SnapshotReader Reader);
