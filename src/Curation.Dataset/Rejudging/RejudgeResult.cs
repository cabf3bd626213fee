using Curation.Clips;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Rejudging;

/// <summary>What judging again did.</summary>
/// <param name="Manifest">The snapshot that is current now.</param>
/// <param name="Changed">False where every row stays as it is.</param>
/// <param name="Moves">Clips by what they were and what they are now.</param>
/// <param name="Cut">Clips whose media was cut for it.</param>
/// <param name="Deferred">Clips that are held because their media is still to be cut.</param>
public sealed record RejudgeResult(
    SnapshotManifest Manifest, bool Changed, IReadOnlyDictionary<(ClipOutcome From, ClipOutcome To), long> Moves, long Cut, long Deferred);
