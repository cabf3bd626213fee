namespace Curation.Dataset.Snapshots;

/// <summary>What a commit did.</summary>
/// <param name="Manifest">The snapshot that is current now.</param>
/// <param name="Changed">False where the data set was up to date: there was nothing to do.</param>
/// <param name="ShardsWritten">Shards written; the others were taken over from the parent.</param>
public sealed record CommitResult(SnapshotManifest Manifest, bool Changed, int ShardsWritten);
