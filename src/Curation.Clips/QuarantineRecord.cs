namespace Curation.Clips;

/// <summary>A source that could not be processed: one row of <c>quarantine</c>.</summary>
/// <param name="SourceUri">Where the source lies.</param>
/// <param name="SourceSha256">SHA-256 of its content; null where it could not be read.</param>
/// <param name="SizeBytes">Its size; null where it could not be told.</param>
/// <param name="Stage">Where it failed: <c>open</c>, <c>probe</c>, <c>analyse</c>, <c>cut</c>, <c>write</c>.</param>
/// <param name="Reason">What happened, in words.</param>
public sealed record QuarantineRecord(string SourceUri, string? SourceSha256, long? SizeBytes, string Stage, string Reason);
