namespace Curation.Dataset.Exporting;

/// <summary>What was exported.</summary>
/// <param name="Snapshot">Name of the snapshot.</param>
/// <param name="Clips">Clips in it; where it is 0 nothing was written at all.</param>
/// <param name="Hours">How long they last.</param>
/// <param name="Files">Files written.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="BySplit">Clips by the name of their split; only splits that have some.</param>
public sealed record ExportResult(string Snapshot, long Clips, double Hours, int Files, long Bytes, IReadOnlyDictionary<string, long> BySplit);
