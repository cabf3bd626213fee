namespace Curation.Dataset.Snapshots;

/// <summary>What a commit records beside the rows.</summary>
/// <param name="PipelineVersion">See <see cref="Clips.PipelineVersion"/>.</param>
/// <param name="Policy">The policy of the run.</param>
/// <param name="Models">The models of the run.</param>
public sealed record SnapshotContext(string PipelineVersion, ManifestPolicy Policy, IReadOnlyList<ManifestModel> Models);
