namespace Klear.Model.Training.State;

/// <summary>What a search for the newest checkpoint found.</summary>
/// <param name="Newest">The newest whole one; null where there is none.</param>
/// <param name="Skipped">Newer ones that were passed over, newest first.</param>
public sealed record CheckpointSearch(StoredCheckpoint? Newest, IReadOnlyList<SkippedCheckpoint> Skipped);
