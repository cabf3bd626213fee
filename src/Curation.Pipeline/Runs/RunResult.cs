namespace Curation.Pipeline.Runs;

/// <summary>What stands in the data set when a run has ended.</summary>
/// <param name="SnapshotId">Id of the current snapshot.</param>
/// <param name="Changed">False where nothing changed and no new snapshot was written.</param>
/// <param name="ReportPath">Where the report lies.</param>
/// <param name="TotalRetained">Clips retained in the whole data set, earlier runs' included.</param>
public sealed record RunResult(string SnapshotId, bool Changed, string ReportPath, long TotalRetained);
