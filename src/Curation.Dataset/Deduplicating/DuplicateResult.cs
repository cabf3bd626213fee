using Curation.Clips;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Deduplicating;

/// <summary>What writing down copies did.</summary>
/// <param name="Manifest">The snapshot that is current now.</param>
/// <param name="Changed">False where every row stays as it is.</param>
/// <param name="Moves">Clips by what they were and what they are now; empty where nothing was written.</param>
/// <param name="Deferred">Clips that are held because they are wanted again and their media is still to be cut.</param>
public sealed record DuplicateResult(SnapshotManifest Manifest, bool Changed, IReadOnlyDictionary<(ClipOutcome From, ClipOutcome To), long> Moves, long Deferred);
