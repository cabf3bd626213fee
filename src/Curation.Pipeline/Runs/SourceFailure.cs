namespace Curation.Pipeline.Runs;

/// <summary>Why a source could not be processed.</summary>
/// <param name="Stage">Where it failed: <c>open</c>, <c>probe</c>, <c>analyse</c>, <c>cut</c>, <c>write</c>.</param>
/// <param name="Reason">What happened, in words.</param>
/// <param name="Retry">Whether the next run tries again although the file did not change, because the cause lies outside the file.</param>
public sealed record SourceFailure(string Stage, string Reason, bool Retry);
