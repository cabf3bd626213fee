namespace Curation.Dataset.Snapshots;

/// <summary>A shard that is not as the manifest says.</summary>
/// <param name="Path">The shard.</param>
/// <param name="Problem">What is wrong with it, in words.</param>
public sealed record ShardProblem(string Path, string Problem);
