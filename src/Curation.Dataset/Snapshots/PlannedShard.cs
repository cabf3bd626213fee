namespace Curation.Dataset.Snapshots;

/// <summary>A shard that a snapshot needs.</summary>
/// <param name="Table">Where it lies.</param>
/// <param name="Path">Its path, made from what it holds.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="LastSource">Index of the last source that adds rows; the shard ends there.</param>
internal sealed record PlannedShard(ShardTable Table, string Path, long Rows, int LastSource);
