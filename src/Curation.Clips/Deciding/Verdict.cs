namespace Curation.Clips.Deciding;

/// <summary>What one limit says of one clip.</summary>
/// <param name="Filter">Name of the limit: a measurement, or <c>too_short</c>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Value">The value it looked at; null where there is none.</param>
/// <param name="Limit">The bounds in words.</param>
/// <param name="Reason">Why, in words; null when it passes.</param>
public sealed record Verdict(string Filter, VerdictOutcome Outcome, double? Value, string Limit, string? Reason);
