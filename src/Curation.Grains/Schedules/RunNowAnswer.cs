namespace Curation.Grains.Schedules;

/// <summary>What became of the wish for a run by hand.</summary>
/// <param name="Found">Whether there is such a schedule.</param>
/// <param name="RunId">The run that was started; or the one that is in the way.</param>
/// <param name="Started">Whether it was started now.</param>
/// <param name="Reason">Why not; null where it was.</param>
public sealed record RunNowAnswer(bool Found, string? RunId, bool Started, string? Reason);
